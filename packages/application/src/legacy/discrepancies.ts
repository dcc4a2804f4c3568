import { formatRupees, type Paise } from '@ev/domain'

/** What does not add up in the replaced platform's data, and what the take-over makes of it. */
export const discrepancyKinds = {
  'table.missing': 'A table of the mapping is not there: nothing of it is taken over.',
  'table.ignored': 'A table that the mapping does not know is not taken over.',
  'column.missing': 'A column of the mapping is not there: it is taken as empty.',
  'column.ignored': 'A column that the mapping does not know is not taken over.',
  'row.orphan': 'A row names a member, booking or vehicle that is not there: it is kept as a legacy row only.',
  'word.unknown': 'A status word is not in the mapping.',
  'member.email': 'The e-mail address is none, or another member has it: the member has none.',
  'member.mobile': 'The mobile number is none of India, or another member has it: the member has none.',
  'member.unreachable':
    'Neither address nor number is left: the member cannot log in until an administrator gives one.',
  'member.username': 'Two usernames differ only in case: the later one gets the id behind it.',
  'member.referral_code': 'There was no referral code, or another member has it: one is made from the id.',
  'member.self_referral': 'The member is named as the own referrer: the member has none.',
  'member.referrer_missing': 'The referrer is not there: the member has none.',
  'member.referral_cycle': 'The referrers form a circle: its oldest member has none.',
  'member.active_buyer': 'Active Buyer by the payments is not what the flag said: the payments count.',
  'kyc.pan': 'The PAN is missing or none: the check is rejected, so that the member submits again.',
  'kyc.aadhaar':
    'The Aadhaar number is missing or its check digit is wrong: the check is rejected, so that the member submits again.',
  'kyc.account': 'The bank account is incomplete or none, or another member submitted it: it is not taken over.',
  'nominee.details': 'A detail of the nominee is none: it is left out, or taken over as it stands.',
  'vehicle.price': 'A vehicle without a price cannot be taken over.',
  'booking.overpaid': 'More was paid than the price: the excess stands in the account `opening` until it is settled.',
  'booking.payments':
    'What the booking says it received is not what its payments add up to: the booking counts, as it stands.',
  'booking.status': 'The state does not fit what was paid.',
  'booking.closed_with_money': 'A closed booking had kept money: it is marked refunded, and credited to nobody.',
  'booking.schedule': 'An EMI booking has no usable duration: it is taken over as a full payment.',
  'payment.amount': 'A payment of nothing is kept as a legacy row only.',
  'wallet.rows': 'The statement does not add up to the balance: the balance is taken over as it stands.',
  'wallet.chain':
    'A row of the statement does not begin where the one before ended, or its amount is not what it changed.',
  'wallet.negative': 'The balance is below zero: it is taken over as owed.',
  'wallet.earned': 'What is said to be earned is not what bonuses and pairs add up to: it is taken over as it stands.',
  'wallet.withdrawn':
    'What is said to be withdrawn is not what the completed payouts add up to: it is taken over as it stands.',
  'wallet.missing': 'A member has no wallet: an empty one is made.',
  'emi.lost': 'Deductions that reached no booking: they are credited to the member’s EMI reserve.',
  'emi.autofill_twice': 'The EMI part of a payout was credited twice.',
  'tree.side_taken': 'Two members stand on one side: the later one is placed below the sponsor, in level order.',
  'tree.parent_missing':
    'The place has no parent that is there: the member is placed below the sponsor, or becomes a root.',
  'tree.counts': 'The counts are not those of the tree: they are counted anew.',
  'tree.unplaced': 'A referred member has no place: this platform places the member when its worker starts.',
  'tree.unmatched':
    'What the legs hold beyond the old pairs: this platform counts whole teams and will match it, up to the month’s limit.',
  'pair.incomplete': 'The pair has not two members: it is not taken over.',
  'pair.repeated': 'The pair matches somebody again: it is not taken over.',
  'pair.not_in_leg': 'A matched member does not stand in the leg: the pair is not taken over.',
  'pair.month_limit': 'More pairs than a month may have: they are taken over.',
  'pair.number': 'The number was not the ordinal: ordinals are counted anew.',
  'pair.credited_twice': 'A pair has more than one earning.',
  'pair.uncredited': 'The pair was not credited: this platform credits it, by its own rules.',
  'payout.above_balance': 'The balance does not hold the payout: it is taken over as rejected.',
  'payout.amounts': 'The parts do not add up to what was requested, or nothing was requested.',
  'payout.transactions': 'The rows of a completed payout do not add up to what was requested: they are made anew.',
  'payout.account': 'The account of a payout that waits is none: check it before it is paid.',
  'payout.on_its_way':
    'The payout was on its way: it is held until its result is recorded. Ask the bank before paying it.',
  'tds.amount': 'The tax withheld is not what the rules of the replaced platform give.',
  'tds.record': 'The tax record is not what the completed payouts add up to: the payouts count.',
  'tds.record_missing': 'Tax was withheld in a year that has no record: one is made.',
  'file.missing': 'A file is not in the media folder, or is none that may be kept.',
} as const

export type DiscrepancyKind = keyof typeof discrepancyKinds

export type Discrepancy = {
  readonly kind: DiscrepancyKind
  /** What it is about, with its id: `wallet 7 of member 3`. */
  readonly subject: string
  /** By how much, where it is about money. */
  readonly amount: Paise | null
  readonly note: string
}

export type Discrepancies = {
  readonly found: Discrepancy[]
  add(kind: DiscrepancyKind, subject: string, details?: { amount?: Paise; note?: string }): void
}

export function discrepancies(): Discrepancies {
  const found: Discrepancy[] = []
  return {
    found,
    add: (kind, subject, { amount, note = '' } = {}) => found.push({ kind, subject, amount: amount ?? null, note }),
  }
}

/** The report for people: by kind, what it means, how often, how much, and each with its id. */
export function reportText(found: readonly Discrepancy[]): string {
  const lines: string[] = []
  for (const [kind, meaning] of Object.entries(discrepancyKinds)) {
    const own = found.filter((one) => one.kind === kind)
    if (own.length === 0) continue
    const amounts = own.flatMap(({ amount }) => (amount === null ? [] : [amount]))
    const sum = amounts.length > 0 ? `, ₹${formatRupees(amounts.reduce((a, b) => a + b, 0n))} in all` : ''
    lines.push(`${kind} (${own.length}${sum})`, `  ${meaning}`)
    for (const { subject, amount, note } of own) {
      lines.push(`  - ${subject}${amount === null ? '' : `: ₹${formatRupees(amount)}`}${note && ` (${note})`}`)
    }
    lines.push('')
  }
  return lines.join('\n')
}

/** The same for programs; amounts in rupees. */
export function reportJson({
  discrepancies,
  rows,
}: {
  discrepancies: readonly Discrepancy[]
  rows: Readonly<Record<string, number>>
}): string {
  const lines = discrepancies.map((one) => ({ ...one, amount: one.amount === null ? null : formatRupees(one.amount) }))
  return JSON.stringify({ discrepancies: lines, rows })
}
