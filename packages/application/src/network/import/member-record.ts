import type { Side } from '@ev/domain'

/** A line of a file of members as it is written. What is not given is empty; `line` is where it begins in the file, 1 is the heading. */
export type MemberRecord = {
  readonly line: number
  readonly member: string
  readonly sponsor: string
  readonly joinedAt: string
  readonly side: string
}

/** What a line says. `sponsor` is the code of who referred the member, null for nobody; `side` is null for the sponsor's wish. */
export type ImportedMember = {
  readonly line: number
  readonly code: string
  readonly sponsor: string | null
  readonly joinedAt: Date
  readonly side: Side | null
}

/** What is wrong with a line, and in which of its columns. */
export type LineProblem = {
  readonly line: number
  readonly field: 'member' | 'sponsor' | 'joined_at' | 'side'
  readonly problem: string
}

const codeForm = /^[A-Z0-9][A-Z0-9-]{0,19}$/
const instantForm = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/
const earliest = Date.UTC(2000, 0, 1)
const sides = ['', 'left', 'right']

/**
 * Reads a line by itself. Codes are referral codes: letters, digits and hyphens, at most twenty, small letters taken as capital ones.
 * `joined_at` is a date in India (`2026-04-01`) or an instant with its zone, since 2000 and not after `now`.
 */
export function readMember(
  record: MemberRecord,
  { now }: { now: Date },
): { readonly member: ImportedMember | null; readonly problems: readonly LineProblem[] } {
  const { line } = record
  const problems: LineProblem[] = []
  const refuse = (field: LineProblem['field'], problem: string) => problems.push({ line, field, problem })
  const code = record.member.trim().toUpperCase()
  const sponsor = record.sponsor.trim().toUpperCase()
  const side = record.side.trim().toLowerCase()
  const joinedAt = readInstant(record.joinedAt.trim())
  const form = 'is not a code of at most 20 letters, digits and hyphens'
  if (code === '') refuse('member', 'is missing')
  else if (!codeForm.test(code)) refuse('member', form)
  if (sponsor !== '' && !codeForm.test(sponsor)) refuse('sponsor', form)
  if (sponsor !== '' && sponsor === code) refuse('sponsor', 'is the member')
  if (joinedAt === null)
    refuse('joined_at', 'is not a date such as 2026-04-01, or an instant such as 2026-04-01T09:30:00Z')
  else if (joinedAt.getTime() < earliest || joinedAt > now) refuse('joined_at', 'is before 2000 or in the future')
  if (!sides.includes(side)) refuse('side', 'is neither left nor right nor empty')
  else if (side !== '' && sponsor === '') refuse('side', 'is given without a sponsor')
  if (problems.length > 0 || joinedAt === null) return { member: null, problems }
  const member = { line, code, sponsor: sponsor || null, joinedAt, side: (side || null) as Side | null }
  return { member, problems }
}

function readInstant(text: string): Date | null {
  if (!instantForm.test(text)) return null
  const instant = new Date(text.includes('T') ? text : `${text}T00:00:00.000+05:30`)
  // A day that its month does not have is moved on by some engines and none to others.
  const day = Number(text.slice(8, 10))
  const isDay =
    day >= 1 && day <= new Date(Date.UTC(Number(text.slice(0, 4)), Number(text.slice(5, 7)), 0)).getUTCDate()
  return isDay && !Number.isNaN(instant.getTime()) ? instant : null
}
