// Turns the schema, which is written for MySQL, into what each `prisma generate` run is given.

/**
 * The generator block of a client that is written to `output` (an absolute folder). The small query compiler has half the size in memory, and what it compiles is
 * kept; the paths that are asked most often speak to the driver directly.
 */
export function clientGenerator(output) {
  return [
    'generator client {',
    '  provider               = "prisma-client"',
    '  compilerBuild          = "small"',
    `  output                 = ${JSON.stringify(output)}`,
    '  moduleFormat           = "esm"',
    '  generatedFileExtension = "ts"',
    '  importFileExtension    = "ts"',
    '}',
    '',
  ].join('\n')
}

/** The schema with its generator blocks replaced by `generators`. */
export function replaceGenerators(schema, generators) {
  const without = schema.replace(/^generator \w+ \{\n(?:.*\n)*?\}\n/gm, '')
  if (without === schema) throw new Error('The schema has no generator block to replace.')
  return `${generators.join('\n')}\n${without}`
}

/** The same models for SQLite: the provider changed, and native column types taken away, which SQLite does not have. */
export function deriveSqliteSchema(schema, output) {
  const derived = replaceGenerators(schema, [clientGenerator(output)])
    .replace(/provider = "mysql"/, 'provider = "sqlite"')
    .replace(/[ \t]+@db\.\w+(?:\([^)]*\))?/g, '')
  if (!derived.includes('provider = "sqlite"')) throw new Error('The schema names no mysql provider to replace.')
  return derived
}
