import { ask } from '../../api/client.ts'

/** A report as JSON: the same paths answer files too, when those are asked for. */
export async function readReport<T>(call: Parameters<typeof ask<T>>[0]): Promise<Exclude<T, string>> {
  return (await ask(call)) as Exclude<T, string>
}
