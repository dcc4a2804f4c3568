/**
 * Makes what the container image runs: `node infra/docker/bundle.mjs <folder> [name=source.ts…]` after `pnpm install`, `generate.mjs` and `build.mjs` of the
 * console. The folder then holds
 *
 *   dist/          the programs (and those named after the folder), our code and every library of plain JavaScript in one piece each, with what they share in
 *                  chunks
 *   node_modules/  the few packages that cannot be part of one: native modules, and those that read files of their own
 *   prisma/        the migrations
 *   apps/admin/    the console's static files, built before by apps/admin/scripts/build.mjs
 */
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const target = resolve(process.argv[2] ?? join(root, 'dist'))
const programs = {
  api: 'apps/api/src/main.ts',
  worker: 'apps/worker/src/main.ts',
  'db-migrate': 'apps/cli/src/db-migrate.ts',
  'create-superuser': 'apps/cli/src/create-superuser.ts',
  'ledger-verify': 'apps/cli/src/ledger-verify.ts',
  'tree-verify': 'apps/cli/src/tree-verify.ts',
  'audit-verify': 'apps/cli/src/audit-verify.ts',
  'queue-parked': 'apps/cli/src/queue-parked.ts',
  'queue-resend': 'apps/cli/src/queue-resend.ts',
  'legacy-import': 'apps/cli/src/legacy-import.ts',
  'keys-rotate': 'apps/cli/src/keys-rotate.ts',
  ...Object.fromEntries(process.argv.slice(3).map((named) => named.split('='))),
}

/** Packages that stay packages, and which workspace has them. */
const packages = {
  sharp: 'packages/runtime',
  'better-sqlite3': 'packages/db',
  pdfkit: 'apps/api',
  'dejavu-fonts-ttf': 'apps/api',
  'swagger-ui-dist': 'apps/api',
}

/** What a package carries for building or reading it, not for running it. */
const isLeftOut = (path) =>
  /\.(map|md|markdown|d\.ts|d\.mts)$|\/(better-sqlite3\/(deps|src)|build\/Release\/(obj|\.deps|test_extension|.*\.a$))|swagger-ui-es-bundle|standalone-preset|dejavu-fonts-ttf\/ttf\/DejaVu(Sans-|SansC|SansM|Serif)(?!Bold\.ttf)/.test(
    path,
  )

/** Our code finds its neighbours (migrations, fonts) from its own address; in a bundle that stays the address it has in the repository. */
const ownAddresses = {
  name: 'own-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\/(apps|packages)\/[^/]+\/src\/.*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes('import.meta.')) return null
      const place = JSON.stringify(`../${relative(root, path)}`)
      return { contents: text.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`), loader: 'ts' }
    })
  },
}

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
const { warnings } = await build({
  absWorkingDir: root,
  entryPoints: programs,
  outdir: join(target, 'dist'),
  outExtension: { '.js': '.mjs' },
  chunkNames: 'shared-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  external: Object.keys(packages),
  plugins: [ownAddresses],
  // Libraries in CommonJS ask for Node's modules by `require`, which a module does not have by itself.
  banner: {
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  logLevel: 'warning',
})
if (warnings.length > 0) process.exitCode = 1

const copied = new Map()
const modules = join(target, 'node_modules')
for (const [name, workspace] of Object.entries(packages)) {
  copyPackage(name, { from: join(root, workspace), needer: target })
}
cpSync(join(root, 'prisma/migrations'), join(target, 'prisma/migrations'), { recursive: true })
cpSync(join(root, 'apps/admin/dist'), join(target, 'apps/admin/dist'), { recursive: true })
writeFileSync(join(target, 'package.json'), `${JSON.stringify({ private: true, type: 'module' })}\n`)
console.log(`${Object.keys(programs).length} programs and ${copied.size} packages are in ${target}`)

/** Copies a package and all it depends on side by side; a second version of a package goes below the one that needs it. */
function copyPackage(name, { from, needer }) {
  const folder = folderOf(name, from)
  const shared = join(modules, name)
  if (folder === null || copied.get(shared) === folder) return
  const place = copied.has(shared) ? join(needer, 'node_modules', name) : shared
  if (copied.get(place) === folder) return
  copied.set(place, folder)
  cpSync(folder, place, {
    recursive: true,
    filter: (path) => !isLeftOut(path) && !path.slice(folder.length).includes('/node_modules'),
  })
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const needed of Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies })) {
    copyPackage(needed, { from: folder, needer: place })
  }
}

/** Where a package is installed for the one that needs it; null for an optional one of another platform. */
function folderOf(name, from) {
  for (const place of createRequire(join(realpathSync(from), 'package.json')).resolve.paths(name) ?? []) {
    if (existsSync(join(place, name, 'package.json'))) return realpathSync(join(place, name))
  }
  return null
}
