import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../../..', import.meta.url))
const folder = `${root}apps/bench/dist`

let bundle: Promise<Deployed> | null = null

/** The programs as they are deployed: where they lie in `dist/`, and the options that Node is given before them. */
export type Deployed = { readonly folder: string; readonly nodeOptions: readonly string[] }

/** Bundles them like the container image, once a run. */
export function deployedPrograms(): Promise<Deployed> {
  bundle ??= makeBundle()
  return bundle
}

async function makeBundle(): Promise<Deployed> {
  const runNode = (script: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [`${root}${script}`, ...args], { cwd: root })
  if (!existsSync(`${root}apps/admin/dist`)) await runNode('apps/admin/scripts/build.mjs')
  await runNode('infra/docker/bundle.mjs', folder)
  const [, entrypoint] = /^ENTRYPOINT (.+)$/m.exec(readFileSync(`${root}infra/docker/Dockerfile`, 'utf8')) ?? []
  if (entrypoint === undefined) throw new Error('The Dockerfile does not say how a program is started.')
  const [, ...nodeOptions] = JSON.parse(entrypoint) as string[]
  return { folder, nodeOptions }
}
