// Builds the console into dist/, unless what is there was built from the same sources. Runs under plain Node, in a clone as in the image.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..')
const root = join(packageFolder, '../..')
const stampFile = join(packageFolder, 'dist/.built-from')

const stamp = stampOf([
  ...['src', 'public', 'scripts'].flatMap((folder) => filesBelow(join(packageFolder, folder))),
  ...['index.html', 'vite.config.ts', 'package.json'].map((file) => join(packageFolder, file)),
  ...filesBelow(join(root, 'packages/domain/src')),
  join(root, 'apps/api/openapi.json'),
  join(root, 'pnpm-workspace.yaml'),
])
if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
  console.log('console: dist/ is up to date')
} else {
  run('scripts/generate.mjs')
  run('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')
  writeFileSync(stampFile, stamp)
}

function run(...command) {
  const { status } = spawnSync(process.execPath, command, { cwd: packageFolder, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** What is generated follows from the rest, and tests are not part of it. */
function filesBelow(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/[\\/]generated$/.test(entry.parentPath) && !entry.name.endsWith('.test.ts'))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

function stampOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}
