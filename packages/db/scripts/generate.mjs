// Generates both Prisma clients and the data model as JSON, from the one schema in prisma/. Runs under plain Node.
//
//   generated/schema.mysql.prisma    the schema with absolute output paths and the generator that writes dmmf.json
//   generated/schema.sqlite.prisma   the same schema for SQLite, derived, never edited
//   generated/dmmf.json              the data model, against which tests compare migrated databases
//   src/generated/{mysql,sqlite}     the clients
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { clientGenerator, deriveSqliteSchema, replaceGenerators } from './derive-schema.mjs'

const packageFolder = join(dirname(fileURLToPath(import.meta.url)), '..')
const schemaFile = join(packageFolder, '../../prisma/schema.prisma')
const generatedFolder = join(packageFolder, 'generated')
const clientsFolder = join(packageFolder, 'src/generated')
const stampFile = join(generatedFolder, 'inputs.sha256')
const require = createRequire(import.meta.url)

const inputs = [
  schemaFile,
  join(packageFolder, 'scripts/generate.mjs'),
  join(packageFolder, 'scripts/derive-schema.mjs'),
  join(packageFolder, 'scripts/dump-dmmf.mjs'),
  require.resolve('prisma/package.json'),
]
const outputs = [
  join(generatedFolder, 'dmmf.json'),
  join(clientsFolder, 'mysql/client.ts'),
  join(clientsFolder, 'sqlite/client.ts'),
]

const stamp = hashOf(inputs)
if (outputs.every((file) => existsSync(file)) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) {
  console.log('prisma: clients are up to date')
} else {
  generateAll()
  writeFileSync(stampFile, stamp)
}

function generateAll() {
  mkdirSync(generatedFolder, { recursive: true })
  rmSync(stampFile, { force: true })
  const schema = readFileSync(schemaFile, 'utf8')
  const dumper = join(packageFolder, 'scripts/dump-dmmf.mjs')
  const mysqlSchema = replaceGenerators(schema, [
    clientGenerator(join(clientsFolder, 'mysql')),
    `generator dmmf {\n  provider = ${JSON.stringify(`node "${dumper}"`)}\n  output   = ${JSON.stringify(join(generatedFolder, 'dmmf.json'))}\n}\n`,
  ])
  const sqliteSchema = deriveSqliteSchema(schema, join(clientsFolder, 'sqlite'))
  runPrismaGenerate('mysql', mysqlSchema)
  runPrismaGenerate('sqlite', sqliteSchema)
}

function runPrismaGenerate(provider, schema) {
  const startedAt = performance.now()
  const file = join(generatedFolder, `schema.${provider}.prisma`)
  writeFileSync(file, schema)
  const prisma = join(dirname(require.resolve('prisma/package.json')), 'build/index.js')
  const result = spawnSync(process.execPath, [prisma, 'generate', `--schema=${file}`, '--no-hints'], {
    cwd: packageFolder,
    encoding: 'utf8',
    env: { ...process.env, ...offlineEnvironment() },
  })
  if (result.status !== 0) {
    process.stderr.write(`${result.stdout}\n${result.stderr}\n`)
    throw new Error(`prisma generate failed for ${provider} (exit ${result.status})`)
  }
  console.log(`prisma: ${provider} client generated in ${Math.round(performance.now() - startedAt)} ms`)
}

// The CLI wants a schema engine binary on disk before it generates, and fetches one where none is named. It is never
// run by `generate`, so any executable serves.
function offlineEnvironment() {
  return {
    PRISMA_SCHEMA_ENGINE_BINARY:
      process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? (existsSync('/bin/true') ? '/bin/true' : process.execPath),
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  }
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}
