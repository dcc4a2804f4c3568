import type { LegacyRecord, takeOver } from '@ev/db'
import { isDomainError } from '@ev/domain'
import { parseIdentifier } from '../../auth/identifier.ts'
import type { Discrepancies } from '../discrepancies.ts'
import { userRoles } from '../mapping.ts'
import { dateOrNull, flagOf, idOf, idOrNull, instantOf, instantOrNull, textOf, textOrNull, wordOf } from '../values.ts'

export type MemberRow = takeOver.NewRows['users']

/** The members, referrers before those they referred. Active Buyers are not counted yet. */
export function decideMembers(rows: readonly LegacyRecord[], found: Discrepancies, now: Date): MemberRow[] {
  const referrers = decideReferrers(rows, found)
  const taken = { email: new Set<string>(), mobile: new Set<string>(), username: new Set<string>() }
  const codes = new Set<string>()
  const members = rows.map((row): MemberRow => {
    const id = idOf(row)
    const email = identifierOf(row, 'email', taken, found)
    const mobile = identifierOf(row, 'mobile', taken, found)
    if (email === null && mobile === null) found.add('member.unreachable', `member ${id}`)
    const joined = instantOf(row, 'date_joined', now)
    return {
      id,
      username: usernameOf(row, taken.username, found),
      email,
      mobile,
      firstName: textOf(row, 'first_name', 150),
      lastName: textOf(row, 'last_name', 150),
      gender: textOrNull(row, 'gender', 10),
      dateOfBirth: dateOrNull(row, 'date_of_birth'),
      ...addressOf(row),
      country: textOf(row, 'country', 100) || 'India',
      role: roleOf(row, found),
      isSuperuser: flagOf(row, 'is_superuser'),
      isActive: row['is_active'] !== '0',
      isDistributor: flagOf(row, 'is_distributor'),
      isActiveBuyer: false,
      referralCode: referralCodeOf(row, codes, found),
      referredById: referrers.get(id) ?? null,
      dateJoined: joined,
      lastLogin: instantOrNull(row, 'last_login'),
      updatedAt: now,
    }
  })
  return referrersFirst(members)
}

export function addressOf(row: LegacyRecord) {
  return {
    addressLine1: textOf(row, 'address_line1'),
    addressLine2: textOf(row, 'address_line2'),
    city: textOf(row, 'city', 100),
    state: textOf(row, 'state', 100),
    pincode: textOf(row, 'pincode', 10),
  }
}

function roleOf(row: LegacyRecord, found: Discrepancies): 'admin' | 'staff' | 'user' {
  const role = wordOf(userRoles, textOf(row, 'role'))
  if (role === null) found.add('word.unknown', `role of member ${idOf(row)}`, { note: textOf(row, 'role', 20) })
  return role ?? (flagOf(row, 'is_staff') ? 'staff' : 'user')
}

function identifierOf(
  row: LegacyRecord,
  type: 'email' | 'mobile',
  taken: Record<'email' | 'mobile', Set<string>>,
  found: Discrepancies,
): string | null {
  const text = textOf(row, type)
  if (text === '') return null
  const value = parsed(type, text)
  if (value !== null && !taken[type].has(value)) {
    taken[type].add(value)
    return value
  }
  const note = value === null ? 'invalid' : 'another member has it'
  found.add(`member.${type}`, `member ${idOf(row)}`, { note: `${note}: …${text.slice(-4)}` })
  return null
}

function parsed(type: 'email' | 'mobile', text: string): string | null {
  // Numbers were kept as they were typed: with spaces, a leading zero, or the country's code without its plus.
  const typed = type === 'mobile' ? text.replace(/[\s()-]/g, '').replace(/^(0091|91|0)(?=[6-9][0-9]{9}$)/, '') : text
  try {
    return parseIdentifier({ type, text: typed }).value
  } catch (error) {
    if (isDomainError(error)) return null
    throw error
  }
}

function usernameOf(row: LegacyRecord, taken: Set<string>, found: Discrepancies): string {
  const text = textOf(row, 'username', 150)
  const isFree = text !== '' && !taken.has(text.toLowerCase())
  const username = isFree ? text : `${text.slice(0, 130)}-${idOf(row)}`
  if (!isFree) found.add('member.username', `member ${idOf(row)}`)
  taken.add(username.toLowerCase())
  return username
}

function referralCodeOf(row: LegacyRecord, taken: Set<string>, found: Discrepancies): string {
  const text = textOf(row, 'referral_code', 20)
  const isFree = text !== '' && !taken.has(text)
  const code = isFree ? text : `REFL${String(idOf(row)).padStart(7, '0')}`
  if (!isFree) found.add('member.referral_code', `member ${idOf(row)}`, { note: code })
  taken.add(code)
  return code
}

/** Who referred whom, without self-referrals, people who are not there, and circles. */
function decideReferrers(rows: readonly LegacyRecord[], found: Discrepancies): Map<number, number> {
  const ids = new Set(rows.map((row) => idOf(row)))
  const referrers = new Map<number, number>()
  for (const row of rows) {
    const id = idOf(row)
    const referrer = idOrNull(row, 'referred_by_id')
    if (referrer === null) continue
    if (referrer === id) found.add('member.self_referral', `member ${id}`)
    else if (!ids.has(referrer)) found.add('member.referrer_missing', `member ${id}`, { note: `member ${referrer}` })
    else referrers.set(id, referrer)
  }
  for (const circle of circlesOf(referrers)) {
    const oldest = Math.min(...circle)
    referrers.delete(oldest)
    found.add('member.referral_cycle', `member ${oldest}`, { note: `circle of ${circle.join(', ')}` })
  }
  return referrers
}

/** Each circle once. Every member is walked over once: a walk ends where an earlier one has been. */
function circlesOf(referrers: ReadonlyMap<number, number>): number[][] {
  const walkOf = new Map<number, number>()
  const circles: number[][] = []
  for (const start of referrers.keys()) {
    const path: number[] = []
    let at: number | undefined = start
    for (; at !== undefined && !walkOf.has(at); at = referrers.get(at)) {
      walkOf.set(at, start)
      path.push(at)
    }
    if (at !== undefined && walkOf.get(at) === start) circles.push(path.slice(path.indexOf(at)))
  }
  return circles
}

/** A row refers to its referrer's, so that one is written first. */
function referrersFirst(members: readonly MemberRow[]): MemberRow[] {
  const byId = new Map(members.map((member) => [member.id!, member]))
  const placed = new Set<number>()
  const inOrder: MemberRow[] = []
  for (const member of members) {
    const waiting: MemberRow[] = []
    for (let at: MemberRow | undefined = member; at && !placed.has(at.id!); at = byId.get(at.referredById ?? 0)) {
      waiting.push(at)
      placed.add(at.id!)
    }
    inOrder.push(...waiting.reverse())
  }
  return inOrder
}
