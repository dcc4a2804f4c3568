import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const folder = `${root}apps/bench/dist`

let bundle: Promise<string> | null = null

/** The folder with the programs as they are deployed, in `dist/`: bundled like the container image, once a run. */
export function deployedPrograms(): Promise<string> {
  bundle ??= makeBundle()
  return bundle
}

async function makeBundle(): Promise<string> {
  const runNode = (script: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [`${root}${script}`, ...args], { cwd: root })
  if (!existsSync(`${root}apps/admin/dist`)) await runNode('apps/admin/scripts/build.mjs')
  await runNode('infra/docker/bundle.mjs', folder)
  return folder
}
