import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A file of the repository by its path from the root, as text. */
export function repositoryFile(path: string): string {
  return readFileSync(`${root}/${path}`, 'utf8')
}

/** The entries of nginx's `map … $name { … }`: regular expressions in their order, and the default. */
export function nginxMap(text: string, name: string): (input: string) => string {
  const body = new RegExp(`^map [^\\n]* \\$${name} \\{\\n([^}]*)\\}`, 'm').exec(text)?.[1]
  if (body === undefined) throw new Error(`There is no map for $${name}.`)
  const entries = [...body.matchAll(/^\s*"~(.*)" (\S+);$/gm)].map(([, pattern = '', value = '']) => ({
    pattern: new RegExp(pattern),
    value,
  }))
  const otherwise = /^\s*default "?([^";]*)"?;$/m.exec(body)?.[1] ?? ''
  return (input) => entries.find(({ pattern }) => pattern.test(input))?.value ?? otherwise
}

/** The regular expression and the body of each `location ~ …` of a server. */
export function regexLocations(text: string): { pattern: RegExp; body: string }[] {
  return [...text.matchAll(/^ *location ~ (\S+) \{\n([\s\S]*?)^ *\}/gm)].map(([, pattern = '', body = '']) => ({
    pattern: new RegExp(pattern),
    body,
  }))
}
