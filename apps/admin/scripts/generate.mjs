// Writes what the console knows of the API, from the API's own description (apps/api/openapi.json). Runs under plain Node.
//
//   src/generated/api.ts       the types of every request and answer
//   src/generated/access.ts    who may call each operation
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..')
const generated = join(packageFolder, 'src/generated')
const stampFile = join(generated, 'inputs.sha256')
const description = readFileSync(join(packageFolder, '../api/openapi.json'), 'utf8')
const stamp = createHash('sha256')
  .update(description)
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex')

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
  console.log('console: the client is up to date')
} else {
  // Only now, because it brings the compiler with it.
  const { astToString, default: openapiTS } = await import('openapi-typescript')
  const document = JSON.parse(description)
  mkdirSync(generated, { recursive: true })
  writeFileSync(join(generated, 'api.ts'), astToString(await openapiTS(document)))
  writeFileSync(join(generated, 'access.ts'), accessOf(document))
  writeFileSync(stampFile, stamp)
}

function accessOf({ paths }) {
  const lines = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => `  '${method} ${path}': '${operation['x-access']}',`),
  )
  return `/** Who may call each operation of the API. */\nexport const access = {\n${lines.join('\n')}\n} as const\n`
}
