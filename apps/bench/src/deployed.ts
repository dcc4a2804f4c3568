import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const folder = `${root}apps/bench/dist`

let bundle: Promise<Deployed> | null = null

/** The programs as they are deployed: where they lie in `dist/`, and the options and the environment that the image gives to Node before them. */
export type Deployed = {
  readonly folder: string
  readonly nodeOptions: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

/** Bundles them like the container image, once a run; beside them lies `restart`, which only builds the index of the tree. */
export function deployedPrograms(): Promise<Deployed> {
  bundle ??= makeBundle()
  return bundle
}

async function makeBundle(): Promise<Deployed> {
  const runNode = (script: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [`${root}${script}`, ...args], { cwd: root })
  if (!existsSync(`${root}apps/admin/dist`)) await runNode('apps/admin/scripts/build.mjs')
  await runNode('infra/docker/bundle.mjs', folder, 'restart=apps/bench/src/network/restart-main.ts')
  const dockerfile = readFileSync(`${root}infra/docker/Dockerfile`, 'utf8')
  const written = (pattern: RegExp) => {
    const [, text] = pattern.exec(dockerfile) ?? []
    if (text === undefined) throw new Error('The Dockerfile does not say how a program is started.')
    return text
  }
  const [, ...nodeOptions] = JSON.parse(written(/^ENTRYPOINT (.+)$/m)) as string[]
  return { folder, nodeOptions, env: { MALLOC_ARENA_MAX: written(/^ENV MALLOC_ARENA_MAX=(\d+)$/m) } }
}
