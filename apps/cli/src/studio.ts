import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { databaseUrl } from '@ev/application'
import { command } from './command.ts'

// `pnpm studio [--port 5555] [--browser none]`: Prisma Studio on the current database.
await command(async ({ config }) => {
  const url = databaseUrl(config)
  const file = url.startsWith('file:') ? url.slice('file:'.length) : null
  if (file !== null && !existsSync(file)) {
    console.error(`There is no database at ${file} yet. Run npm start first.`)
    return 1
  }
  // Studio splits the URL at "://", so a SQLite file needs the long form.
  const studioUrl = file === null ? url : `file://${file}`
  const require = createRequire(import.meta.url)
  const prisma = require.resolve('prisma/build/index.js')
  console.log(`Prisma Studio on ${file ?? new URL(url).pathname.slice(1)}; Ctrl-C ends it.`)
  const args = ['studio', '--url', studioUrl, ...process.argv.slice(2)]
  // Studio needs no schema engine; naming any program keeps the command from downloading one.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' }
  const studio = spawn(process.execPath, [prisma, ...args], { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => studio.kill(signal))
  return new Promise((resolve) => {
    studio.on('exit', (code) => resolve(code ?? 0))
  })
})
