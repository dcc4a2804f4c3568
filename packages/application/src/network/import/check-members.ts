import { createHash } from 'node:crypto'
import { type Database, importedMembers } from '@ev/db'
import { type LineProblem, type MemberRecord, readMember } from './member-record.ts'
import type { ProgressOf } from './progress-of.ts'

export const mostMembers = 5_000_000
/** Problems that are listed; they are counted all. */
const mostListed = 100
const codesAQuery = 1_000

export type CheckedMembers = {
  readonly count: number
  /** SHA-256 over everything that the records say. */
  readonly fingerprint: string
  readonly problems: readonly LineProblem[]
  readonly problemCount: number
}

/**
 * Reads all records and finds what is wrong, line by line: with a line itself, a member who is there twice or has an account already, a sponsor who
 * is on no earlier line and has no account. The first `done` members are those that an earlier run has written. Changes nothing.
 */
export async function checkMembers(
  { db }: { readonly db: Pick<Database, 'read'> },
  records: AsyncIterable<MemberRecord>,
  { now, done, progress }: { now: Date; done: (fingerprint: string) => Promise<number>; progress: ProgressOf },
): Promise<CheckedMembers> {
  const hash = createHash('sha256')
  const lineOf = new Map<string, number>()
  const sponsorsElsewhere = new Map<string, number>()
  const problems: LineProblem[] = []
  let problemCount = 0
  const add = (problem: LineProblem) => {
    problemCount += 1
    if (problems.length < mostListed) problems.push(problem)
  }
  let count = 0
  for await (const record of records) {
    count += 1
    if (count > mostMembers) throw new Error(`A file of members has at most ${mostMembers} lines.`)
    const { member, problems: own } = readMember(record, { now })
    for (const problem of own) add(problem)
    if (member === null) continue
    const { line, code, sponsor, joinedAt, side } = member
    hash.update(`${code},${sponsor ?? ''},${joinedAt.getTime()},${side ?? ''}\n`)
    const earlier = lineOf.get(code)
    if (earlier !== undefined) add({ line, field: 'member', problem: `is on line ${earlier} already` })
    else lineOf.set(code, line)
    if (sponsor !== null && !lineOf.has(sponsor) && !sponsorsElsewhere.has(sponsor))
      sponsorsElsewhere.set(sponsor, line)
    if (count % 10_000 === 0) progress('checking', count, null)
  }
  const fingerprint = hash.digest('hex')
  const known = await done(fingerprint)
  for (const codes of inPages([...sponsorsElsewhere.keys()])) {
    const found = await importedMembers.findByCode(db.read, codes)
    for (const code of codes) {
      const line = sponsorsElsewhere.get(code)!
      if (!found.has(code))
        add({ line, field: 'sponsor', problem: `is on no earlier line and has no account: ${code}` })
    }
  }
  for (const codes of inPages([...lineOf.keys()].slice(known))) {
    for (const code of await importedMembers.findTaken(db.read, codes)) {
      add({ line: lineOf.get(code)!, field: 'member', problem: 'has an account already' })
    }
  }
  problems.sort((a, b) => a.line - b.line)
  return { count, fingerprint, problems, problemCount }
}

function* inPages(codes: readonly string[]): Generator<string[]> {
  for (let from = 0; from < codes.length; from += codesAQuery) yield codes.slice(from, from + codesAQuery)
}
