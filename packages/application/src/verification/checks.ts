/**
 * What the verifiers look at, and what each check says to an accountant. `docs/verification.md` lists the same checks with what to do when one of
 * them fires.
 */

/** Three checks of one kind of record: which entries it has, what they move, and what the statements tell of it. */
const posted = <Kind extends string>(kind: Kind, what: string) =>
  ({
    [`${kind}.entries`]: `${what} has exactly the journal entries that its record calls for, and no entry is about one that does not exist.`,
    [`${kind}.lines`]: `The entries of ${lower(what)} move the amounts of its record between the accounts of its kind.`,
    [`${kind}.statement`]: `The members' statements tell what the entries of ${lower(what)} do, under the right names.`,
  }) as { readonly [Part in 'entries' | 'lines' | 'statement' as `${Kind}.${Part}`]: string }

const lower = (what: string) => what.charAt(0).toLowerCase() + what.slice(1)

export const ledgerChecks = {
  'entry.balances': 'Every journal entry has at least two lines, and they sum to zero.',
  'entry.accounts':
    "A line on a member's account names the member, one on a booking's the booking, one on the company's nobody.",
  'entry.statement': "For each member, the statement rows of an entry sum to what it changes in the member's balance.",
  'entry.reference': 'Every entry is about a kind of record that there is.',
  'entry.reversal': 'An entry that takes another one back gives everybody exactly what that one took from them.',
  'account.bank': 'The bank account is what went out by payouts less what came in by payments and deposits.',
  'account.commission_expense': 'The expense is all bonuses and pairs less their reversals, and all adjustments.',
  'account.tds_payable': 'The tax that is owed to the state is what all completed payouts withheld.',
  'account.overdrawn': "No member's hold, EMI reserve or debt was below zero after any entry.",
  'member.wallet': 'Every member has a wallet.',
  'wallet.balance': "The balance is what stands on the member's wallet and hold accounts.",
  'wallet.held': "What is held stands on the member's hold account.",
  'wallet.held_by_payouts': 'What is held is what the open payouts ask for.',
  'wallet.emi_reserve':
    "The EMI reserve is what was put into the member's reserve account less what was drawn from it.",
  'wallet.recoverable': "What the member owes back stands on the member's debt account.",
  'wallet.statement': "The last row of the member's statement ends with the balance.",
  'wallet.chain': 'Every statement row begins where the one before it ended, adds up, and does not end below zero.',
  'wallet.total_earned': 'What was earned is the sum of all bonuses and pairs less their reversals.',
  'wallet.total_withdrawn': 'What was withdrawn is the sum of all completed payouts.',
  'wallet.bounds': 'Nothing in a wallet is below zero, and no more is held than there is.',
  ...posted('payment', 'A payment'),
  'payment.completed_at': 'A payment has a date of receipt exactly when it was received.',
  'payment.member': 'A payment is of the member whose booking it pays.',
  'payment.refunded_amount':
    'What a payment says was refunded is the sum of its refunds, or all of it once its booking is closed.',
  'payment.refunded': 'A payment is refunded exactly when nothing of it is left.',
  'order.payment': 'An order at a gateway is paid exactly when it has a payment, of its amount, member and booking.',
  ...posted('refund', 'A refund'),
  'refund.payment': 'A refund is of the booking and the member of its payment.',
  ...posted('bonus', 'A referral bonus'),
  'bonus.amount': "A bonus is the plan's share of what is left of its payment; none is missing once it is due.",
  'bonus.referrer': "A bonus goes to the booking's referrer, or else to the member's.",
  ...posted('pair', 'A pair'),
  'pair.amounts': "A pair has its plan's value and earning.",
  'pair.processed': 'A pair is processed exactly when it has an earning; a reversed one was when it has one.',
  'pair.credited': 'A pair whose cooling-off is over has been credited.',
  'pair.earning': "An earning is its pair's, in amount and member.",
  'pair.number': 'An earning has the ordinal of its pair.',
  'pair.deduction':
    "The EMI deduction of an earning is the plan's share, or nothing for an Active Buyer and the first pairs.",
  'pair.parts': 'What reached the wallet and what was deducted add up to the earning.',
  'pair.reversed': 'A reversed pair gives its whole earning back, and one that stands keeps it.',
  ...posted('payout', 'A payout'),
  'payout.amounts': 'The transfer, the EMI and the tax add up to what was requested; the net amount is the first two.',
  'payout.emi': 'Only a payout that asks for it pays into an EMI.',
  'payout.hold': 'What a payout asks for is held while it is open, captured when it was paid, and released otherwise.',
  'payout.parts': 'The parts of a completed payout are recorded one by one; no other payout has any.',
  'payout.dates': 'A payout says when it was started and completed and by which transfer, as far as it has come.',
  'payout.tds': 'The tax of a payout is what its plan withholds from it.',
  'batch.payouts': 'A batch counts its payouts.',
  'batch.total': "A batch's total is what its payouts transfer.",
  ...posted('deposit', 'A deposit'),
  ...posted('adjustment', 'An adjustment'),
  'tax.total_payout': "A tax record's total is what was paid out to the member in the financial year.",
  'tax.deducted': "A tax record's tax is what was withheld from the member in the financial year.",
  'tax.quarters': "A tax record's quarters are what was withheld in each of them.",
  'tax.quarter_payouts': "A tax record's quarters are what was paid out in each of them.",
  'tax.record': 'Every member who was paid out something in a financial year has a tax record for it.',
  ...posted('booking', 'A closed booking'),
  'booking.total_paid': 'What a booking was paid is what stands in its receipts.',
  'booking.payments': 'What a booking was paid is the sum of its payments less their refunds.',
  'booking.status': 'The state of a booking follows from what it received, unless it was closed.',
  'booking.confirmed_at': 'A booking is confirmed by the payment that reached the threshold, and since then.',
  'booking.completed_at': 'A booking is completed by the payment that reached the total, and since then.',
  'booking.emi_terms': 'A booking counts its instalments and says what one of them is.',
  'booking.emi_paid_count': 'A booking counts the instalments that are paid.',
  'booking.unit': 'A booking took one unit of its vehicle once, and gave it back once when it was closed.',
  'instalment.schedule':
    "The instalments are what the plan's rate and the booking's terms come to; their principals sum to what is financed.",
  'instalment.paid_amount': 'Money fills the booking amount first and then the oldest instalment.',
  'instalment.status':
    'An instalment is paid, partial or pending by what it received, and overdue only after its date.',
  'instalment.paid_at': 'An instalment is paid since the payment that filled it.',
  'vehicle.stock': 'The stock of a vehicle is what all movements of it add up to.',
  'member.active_buyer':
    'A member is an Active Buyer exactly when the payments, net of refunds, reach the threshold of the plan.',
} as const satisfies Readonly<Record<string, string>>

export const treeChecks = {
  'head.last_seq': 'The head of the tree knows how many members were placed.',
  'placement.sequence': 'Placements are numbered without a gap.',
  'placement.replay': 'Every placement names a free place below a member who was placed before.',
  'placement.slot': "A member stands at the first free place of the sponsor's subtree, or of one of its legs.",
  'placement.level': 'A placement says how deep it stands.',
  'placement.sponsor': "A member's sponsor in the tree is the member's referrer; only members without one are roots.",
  'placement.qualified_at':
    'A member counts for pairs since being placed where the plan asks for no sale, and never from before.',
  'member.placed': 'Every member with a referrer has a place.',
  'member.qualified': 'Every Active Buyer with a place counts for pairs, and who counts by a sale is one.',
  'pair.ordinal': "A member's pairs are numbered from 1 without a gap.",
  'pair.month': 'A pair counts for the month in India in which it was made.',
  'pair.month_limit': "A member has no more pairs in a month than the pair's plan allows.",
  'pair.earner_placed': 'Who earns a pair has a place.',
  'pair.member_in_leg': "The members of a pair stand in the earner's left and right leg.",
  'pair.member_counts': 'The members of a pair that stands count for pairs.',
  'pair.missing': 'No member below the limit of the month has an unmatched member in both legs.',
  'flush.members': 'A flush took as many members from one leg as from the other, and counts them.',
  'log.rebuild': 'The pairs and flushes do not contradict the placements.',
  'legs.counts': 'The stored team, qualified and consumed of both legs are what the log comes to.',
  'legs.pairs_this_month': "The stored pairs of the month are the month's pairs.",
  'legs.rows': 'Every placed member has stored counts, and nobody else.',
} as const satisfies Readonly<Record<string, string>>

export type LedgerCheck = keyof typeof ledgerChecks
export type TreeCheck = keyof typeof treeChecks
export type CheckName = LedgerCheck | TreeCheck
