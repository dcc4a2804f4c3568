/** The arrow between the packages. `packages/testing/src/boundaries.test.ts` proves that breaking it is noticed. */
const inner = (name) => `^packages/${name}/src/`
const isTest = '\\.test\\.ts$|/testing/|^packages/testing/|^apps/(e2e|faults)/'

/** What each package may reach, besides itself. */
const mayReach = {
  domain: [],
  runtime: ['domain'],
  messaging: ['domain'],
  db: ['domain'],
  application: ['domain', 'runtime', 'messaging', 'db'],
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(mayReach).map(([name, allowed]) => ({
      name: `${name}-keeps-its-place`,
      comment: `packages/${name} may use only ${['itself', ...allowed].join(', ')}.`,
      severity: 'error',
      from: { path: inner(name), pathNot: isTest },
      to: { path: '^(packages|apps)/', pathNot: [name, ...allowed].map((each) => `^packages/${each}/`) },
    })),
    {
      name: 'domain-is-pure',
      comment: 'The domain depends on nothing, not even on Node.',
      severity: 'error',
      from: { path: inner('domain'), pathNot: isTest },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'http-stays-in-the-api',
      comment: 'The benchmarks measure Express by itself beside the API.',
      severity: 'error',
      from: { pathNot: `^apps/api/|^apps/bench/src/http/bare/|${isTest}` },
      to: { path: 'node_modules/(express|helmet|multer|supertest)/' },
    },
    {
      name: 'sql-stays-in-db',
      severity: 'error',
      from: { pathNot: `^packages/db/|${isTest}` },
      to: { path: 'node_modules/(@prisma|better-sqlite3|mariadb)/|^packages/db/src/generated/' },
    },
    {
      name: 'the-wire-stays-in-messaging',
      severity: 'error',
      from: { pathNot: `^packages/messaging/|${isTest}` },
      to: { path: 'node_modules/amqplib/' },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment:
        'Only the standalone app starts the others; the benchmarks measure them, the faults disturb them, the simulation lives through them.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/(standalone|bench|e2e|faults|simulate)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'the-console-is-made-of-the-public-api',
      comment: 'Of the packages it may use the domain, for how amounts and dates are written.',
      severity: 'error',
      from: { path: '^apps/admin/src/' },
      to: { path: '^packages/', pathNot: '^packages/domain/' },
    },
    { name: 'no-cycles', severity: 'error', from: { pathNot: '/generated/' }, to: { circular: true } },
    {
      name: 'everything-resolves',
      comment: 'kubernetes-types holds declarations only, which the compiler finds.',
      severity: 'error',
      from: { pathNot: '/generated/' },
      to: { couldNotResolve: true, pathNot: '^kubernetes-types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'node_modules|/dist/|/generated/|\\.test-results|bootstrap' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
}
