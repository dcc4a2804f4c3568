import { resolve } from 'node:path'

/** Paths are those of the folder in which the command was called. */
export function fromHere(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
}
