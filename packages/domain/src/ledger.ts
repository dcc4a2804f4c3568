import type { Paise } from './money.ts'

/**
 * Where money stands. `member_wallet` is what a member may spend, `member_hold` what a requested payout keeps back; a member's balance
 * is both together. `member_recoverable` goes negative by what the member owes back. `bank` is the world outside, `opening` what was taken
 * over from the replaced platform.
 */
export type Account =
  | { readonly kind: 'member_wallet'; readonly userId: number }
  | { readonly kind: 'member_hold'; readonly userId: number }
  | { readonly kind: 'member_emi_reserve'; readonly userId: number }
  | { readonly kind: 'member_recoverable'; readonly userId: number }
  | { readonly kind: 'booking_receipts'; readonly bookingId: number }
  | { readonly kind: 'bank' }
  | { readonly kind: 'commission_expense' }
  | { readonly kind: 'tds_payable' }
  | { readonly kind: 'opening' }

export type AccountKind = Account['kind']

export const walletTransactionTypes = [
  'REFERRAL_BONUS',
  'BINARY_PAIR',
  'EMI_DEDUCTION',
  'RESERVE_DEDUCTION',
  'PAYOUT',
  'DEPOSIT',
  'REFUND',
  'BOOKING_PAYMENT',
  'REVERSAL',
  'RECOVERY',
  'ADJUSTMENT',
] as const

export type WalletTransactionType = (typeof walletTransactionTypes)[number]

/** Money that moves from one account to another; the amount is > 0. The line on `from` is −amount, on `to` +amount. */
export type Posting = { readonly from: Account; readonly to: Account; readonly amount: Paise }

/**
 * One row of a member's wallet statement. `amount` is signed and never 0; `earned` and `withdrawn` change the member's totals.
 * Rows of one journal are in the order in which the member reads them, and the balance is not negative after any of them.
 */
export type StatementLine = {
  readonly userId: number
  readonly type: WalletTransactionType
  readonly amount: Paise
  readonly description: string
  readonly earned?: Paise
  readonly withdrawn?: Paise
}

export const referenceTypes = [
  'payment',
  'booking',
  'pair',
  'payout',
  'refund',
  'deposit',
  'adjustment',
  'journal',
  'opening',
] as const

export type ReferenceType = (typeof referenceTypes)[number]

/** What a journal is about. */
export type Reference = { readonly type: ReferenceType; readonly id: number }

/**
 * A balanced journal entry. `key` is its natural key: unique for ever, so that posting it twice is impossible. `reverses` is the key
 * of the entry that this one takes back; an entry is reversed at most once.
 */
export type Journal = {
  readonly key: string
  readonly reference: Reference
  readonly postings: readonly Posting[]
  readonly statement: readonly StatementLine[]
  readonly reverses?: string
}

const longestKey = 190

/**
 * Makes a journal and proves it: a key, at least one posting, every amount > 0 between two different accounts, and for every member
 * the statement adds up to what the wallet and hold accounts change. A journal that does not is a fault of the rule that built it.
 */
export function journal(input: Journal): Journal {
  if (input.key.length === 0 || input.key.length > longestKey)
    throw new Error(`Journal key out of bounds: "${input.key}"`)
  if (input.postings.length === 0) throw new Error(`Journal ${input.key} moves nothing.`)
  for (const { from, to, amount } of input.postings) {
    if (amount <= 0n) throw new Error(`Journal ${input.key} has a posting of ${amount} paise.`)
    if (accountKey(from) === accountKey(to))
      throw new Error(`Journal ${input.key} posts ${accountKey(from)} to itself.`)
  }
  const unexplained = balanceChanges(input.postings)
  for (const line of input.statement) {
    if (line.amount === 0n) throw new Error(`Journal ${input.key} has an empty statement line.`)
    unexplained.set(line.userId, (unexplained.get(line.userId) ?? 0n) - line.amount)
  }
  for (const [userId, rest] of unexplained) {
    if (rest !== 0n) throw new Error(`Journal ${input.key}: member ${userId}'s statement misses ${rest} paise.`)
  }
  return input
}

/** Stable text of an account, `member_wallet:7` or `bank`; equal accounts have equal keys. */
export function accountKey(account: Account): string {
  if ('userId' in account) return `${account.kind}:${account.userId}`
  if ('bookingId' in account) return `${account.kind}:${account.bookingId}`
  return account.kind
}

export type JournalLine = { readonly account: Account; readonly amount: Paise }

/** The journal as lines per account: merged, without zero sums, in order of first use. Their sum is 0. */
export function journalLines(entry: Journal): JournalLine[] {
  const sums = new Map<string, { account: Account; amount: Paise }>()
  const add = (account: Account, amount: Paise) => {
    const key = accountKey(account)
    const line = sums.get(key) ?? { account, amount: 0n }
    line.amount += amount
    sums.set(key, line)
  }
  for (const { from, to, amount } of entry.postings) {
    add(from, -amount)
    add(to, amount)
  }
  return [...sums.values()].filter(({ amount }) => amount !== 0n)
}

/** What a journal changes in one member's wallet row; every figure is a signed change. `recoverable` is what the member owes. */
export type WalletEffect = {
  balance: Paise
  held: Paise
  reserve: Paise
  recoverable: Paise
  earned: Paise
  withdrawn: Paise
}

/** What a journal changes in the wallets of the members it touches, by user id. */
export function walletEffects(entry: Journal): Map<number, WalletEffect> {
  const effects = new Map<number, WalletEffect>()
  const effectOn = (userId: number): WalletEffect => {
    const effect = effects.get(userId) ?? noEffect()
    effects.set(userId, effect)
    return effect
  }
  for (const { account, amount } of journalLines(entry)) {
    if (!('userId' in account)) continue
    const effect = effectOn(account.userId)
    if (account.kind === 'member_emi_reserve') effect.reserve += amount
    else if (account.kind === 'member_recoverable') effect.recoverable -= amount
    else effect.balance += amount
    if (account.kind === 'member_hold') effect.held += amount
  }
  for (const line of entry.statement) {
    const effect = effectOn(line.userId)
    effect.earned += line.earned ?? 0n
    effect.withdrawn += line.withdrawn ?? 0n
  }
  return effects
}

function noEffect(): WalletEffect {
  return { balance: 0n, held: 0n, reserve: 0n, recoverable: 0n, earned: 0n, withdrawn: 0n }
}

/** Takes a whole entry back: every posting the other way, linked to the entry it reverses. The caller words the statement. */
export function reverseJournal(
  original: Journal,
  { key, reference, statement }: { key: string; reference: Reference; statement: readonly StatementLine[] },
): Journal {
  const postings = original.postings.map(({ from, to, amount }) => ({ from: to, to: from, amount }))
  return journal({ key, reference, postings, statement, reverses: original.key })
}

/** The postings whose amount is not zero: parts of a split may be nothing, and a posting may not. */
export function postingsOf(...postings: readonly Posting[]): Posting[] {
  return postings.filter(({ amount }) => amount !== 0n)
}

/** The statement lines whose amount is not zero. */
export function statementOf(...lines: readonly StatementLine[]): StatementLine[] {
  return lines.filter(({ amount }) => amount !== 0n)
}

function balanceChanges(postings: readonly Posting[]): Map<number, Paise> {
  const changes = new Map<number, Paise>()
  const add = (account: Account, amount: Paise) => {
    if (account.kind !== 'member_wallet' && account.kind !== 'member_hold') return
    changes.set(account.userId, (changes.get(account.userId) ?? 0n) + amount)
  }
  for (const { from, to, amount } of postings) {
    add(from, -amount)
    add(to, amount)
  }
  return changes
}
