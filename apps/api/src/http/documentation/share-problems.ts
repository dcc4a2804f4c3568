import type { Answer, Described } from './document-extras.ts'
import { operationsOf } from './document-extras.ts'

/**
 * Lets operations that refuse in the same words share one description, in place: most answers of most operations are the same few problems,
 * and a document that repeats them is several times as long.
 */
export function shareProblems(document: Described): void {
  const uses = new Map<string, number>()
  const refusals = operationsOf(document).flatMap(({ responses }) => Object.entries(responses).filter(isProblem))
  for (const refusal of refusals) uses.set(keyOf(refusal), (uses.get(keyOf(refusal)) ?? 0) + 1)

  const shared: Record<string, Answer> = {}
  const names = new Map<string, string>()
  for (const { responses } of operationsOf(document)) {
    for (const entry of Object.entries(responses).filter(isProblem)) {
      const key = keyOf(entry)
      if ((uses.get(key) ?? 0) < 2) continue
      const [status, answer] = entry
      const name = names.get(key) ?? nameFor(status, shared)
      names.set(key, name)
      shared[name] ??= answer
      responses[status] = { $ref: `#/components/responses/${name}` }
    }
  }
  if (Object.keys(shared).length > 0) document.components = { ...document.components, responses: shared }
}

const isProblem = (entry: [string, Answer]): boolean => 'application/problem+json' in (entry[1].content ?? {})
const keyOf = ([status, { description }]: [string, Answer]) => `${status} ${description}`

/** `Problem404`, `Problem404_2`, …: those of one status by the order in which they come. */
function nameFor(status: string, taken: object): string {
  for (let at = 0; ; at += 1) {
    const name = `Problem${status}${at === 0 ? '' : `_${at + 1}`}`
    if (!(name in taken)) return name
  }
}
