import { formatInr, parseRupees } from '@ev/domain'

type Link = { readonly id: number; readonly key: string }
type Row = {
  readonly id: number
  readonly transaction_type: string
  readonly reference_type: string
  readonly amount: string
  readonly balance_before: string
  readonly balance_after: string
  readonly created_at: string
  readonly description: string
}
type Line = {
  readonly account: string
  readonly user: number | null
  readonly booking: number | null
  readonly amount: string
}

/** An answer of `explain`, as far as the document speaks of it. */
export type Answer = Readonly<Record<string, unknown>> & {
  readonly transaction: Row
  readonly steps: readonly { readonly name: string; readonly text: string; readonly result: string }[]
  readonly journal_entry: Link & { readonly lines: readonly Line[]; readonly reverses: Link | null }
  readonly debts: readonly {
    readonly journal_entry: Link
    readonly recovered: string
    readonly outstanding_before: string
  }[]
}

/** A wallet as `statement/?at=` shows it. */
export type Standing = Readonly<
  Record<'at' | 'balance' | 'held' | 'emi_reserve' | 'recoverable' | 'total_earned' | 'total_withdrawn', string>
>

export type DocumentedStory = {
  /** Asha's statement, oldest row first. */
  readonly rows: readonly Row[]
  readonly bonus: Answer
  readonly pair: { readonly earning: Answer; readonly deduction: Answer; readonly reserve: Answer }
  readonly payout: { readonly debit: Answer; readonly emi: Answer }
  /** Of the member who was refunded, and of the referrer from whom the bonus was taken back. */
  readonly refund: {
    readonly back: Answer
    readonly loan: Answer
    readonly reversal: Answer
    readonly recovery: Answer
  }
  readonly before: Standing
  readonly after: Standing
}

/** The document, with every figure and every piece of JSON taken from the answers. */
export function explainedDocument({ rows, bonus, pair, payout, refund, before, after }: DocumentedStory): string {
  return `# A wallet, explained line by line

Every row of a wallet's statement can be asked why it stands there: \`GET /api/v1/wallet/transactions/{id}/explain/\` answers with the journal entry, what lies
behind it and the arithmetic, by the version of the plan that was in effect. What follows is the wallet of one member, Asha, in a story that a test plays
through; the figures and the JSON are the API's own answers (parts of each), and the test fails when they differ from what stands here
(\`npx vitest run src/wallet/explained.test.ts --update\` in \`apps/api\` writes this page anew).

An entry moves money between accounts: what an account receives is positive, what it gives is negative, and the lines of an entry sum to nothing. What a
member can spend (\`member_wallet\`) and what payouts hold back (\`member_hold\`) are together the balance; the EMI reserve and what is owed stand beside it.

## The statement

| id | row | about | amount | balance |
|---|---|---|---:|---:|
${rows.map((row) => `| ${row.id} | ${row.transaction_type} | ${row.description} | ${inr(row.amount)} | ${inr(row.balance_after)} |`).join('\n')}

## A referral bonus

Ravi, whom Asha referred, paid for a booking that is confirmed. The plan gives the referrer a share of each such payment: ${stepText(bonus, 'amount')}. The
company bears it as commission expense.

${json(bonus, ['plan_version', 'settings', 'steps', 'payment', 'bonus'])}

${entry(bonus)}

## A pair with an EMI deduction

The sixth pair is past the five that are free of deductions, and Asha was no Active Buyer when it was matched: a share of its earning of
${inr(pair.earning.transaction.amount)} goes to her EMI, ${stepText(pair.deduction, 'emi_deducted')}. Her oldest open EMI booking owed
${inr(positive(pair.deduction.transaction.amount))} more and took that; ${stepText(pair.reserve, 'kept_in_reserve')} waits in the EMI reserve for the next
booking. So the one entry has three rows in the statement: ${inr(pair.earning.transaction.amount)}, ${inr(pair.deduction.transaction.amount)} and
${inr(pair.reserve.transaction.amount)}, together ${inr(sum([pair.earning, pair.deduction, pair.reserve]))}.

${json(pair.deduction, ['settings', 'steps', 'payment', 'pair'], { pair: ['ordinal', 'month', 'pair_of_month', 'monthly_limit', 'left', 'right', 'left_leg', 'right_leg', 'arithmetic'] })}

${entry(pair.deduction)}

## A payout with tax and EMI

Asha asked for ${inr(field(payout.debit, 'payout', 'requested_amount'))} and to have her EMI filled from it. Tax deducted at source is the smaller of the share
(${stepText(payout.debit, 'tds_share')}) and the ceiling, so ${inr(field(payout.debit, 'payout', 'tds_amount'))}; ${stepText(payout.debit, 'net')} is the net amount. Of that
the EMI takes ${inr(field(payout.debit, 'payout', 'emi_amount'))} and the bank the rest: ${stepText(payout.debit, 'transfer')}. The statement shows the whole amount in
two rows, ${inr(payout.debit.transaction.amount)} and ${inr(payout.emi.transaction.amount)}; the tax is part of the first.

${json(payout.debit, ['settings', 'steps', 'payout'])}

${entry(payout.debit)}

## A refund, its reversal and what it left owed

Later ${inr(refund.back.transaction.amount)} of Ravi's payment went back into Ravi's wallet. Nothing of the payment is left, so nothing of Asha's bonus is: the
${inr(positive(refund.reversal.transaction.amount))} that she still had of it (a part had gone back with an earlier refund) are taken back. Her wallet had
${inr(stepResult(refund.loan, 'available'))} available. What was missing, ${stepText(refund.loan, 'amount')}, is lent to it first, as a positive RECOVERY, so that the balance
is never negative, and is owed from then on.

${json(refund.reversal, ['settings', 'steps', 'payment', 'refunds'])}

${entry(refund.reversal)}

The next credit pays first what is owed: ${stepText(refund.recovery, 'recovered')}. The answer says which reversal made the debt, and how much of it was paid
back.

${json(refund.recovery, ['steps', 'debts'])}

${entry(refund.recovery)}

## The wallet at a moment

\`GET /api/v1/wallet/statement/?at=…\` answers how a wallet stood at any instant, recomputed from the journal. Before and after that refund:

| | at | balance | held | EMI reserve | owed | earned | withdrawn |
|---|---|---:|---:|---:|---:|---:|---:|
${[standing('before', before), standing('after', after)].join('\n')}
`
}

const inr = (amount: string): string => formatInr(paise(amount))
const paise = (amount: string): bigint => parseRupees(amount, { allowNegative: true })
const positive = (amount: string): string => amount.replace(/^-/, '')

function stepText({ steps }: Answer, name: string): string {
  return step(steps, name).text
}

function stepResult({ steps }: Answer, name: string): string {
  return step(steps, name).result
}

function step(steps: Answer['steps'], name: string): Answer['steps'][number] {
  const found = steps.find((each) => each.name === name)
  if (!found) throw new Error(`There is no step ${name}.`)
  return found
}

function field(answer: Answer, of: string, name: string): string {
  return String(Reflect.get(Object(answer[of]), name))
}

function sum(answers: readonly Answer[]): string {
  const total = answers.reduce((all, { transaction }) => all + paise(transaction.amount), 0n)
  return `${total / 100n}.${String(total % 100n).padStart(2, '0')}`
}

/** Parts of an answer as JSON, in the order that is asked for; `inner` chooses parts of a part. */
function json(
  answer: Answer,
  names: readonly string[],
  inner: Readonly<Record<string, readonly string[]>> = {},
): string {
  const pick = (value: object, keys: readonly string[]) =>
    Object.fromEntries(keys.map((key) => [key, Reflect.get(value, key)]))
  const parts = names.map((name) => [name, inner[name] ? pick(Object(answer[name]), inner[name]) : answer[name]])
  return `\`\`\`json\n${compact(Object.fromEntries(parts))}\n\`\`\``
}

/** JSON with a line for every part of the first level, and for every item of a list. */
function compact(value: object): string {
  const lines = Object.entries(value).map(([name, part]) => {
    if (!Array.isArray(part) || part.length === 0) return `  "${name}": ${spaced(part)}`
    return `  "${name}": [\n${part.map((item) => `    ${spaced(item)}`).join(',\n')}\n  ]`
  })
  return `{\n${lines.join(',\n')}\n}`
}

const spaced = (value: unknown): string =>
  JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' ').replaceAll('[ ', '[').replaceAll(' ]', ']')

function entry({ journal_entry: { key, lines } }: Answer): string {
  const rows = lines.map(({ account, user, booking, amount }) => {
    const of = user === null ? (booking === null ? '' : ` of booking ${booking}`) : ` of member ${user}`
    return `| ${account}${of} | ${inr(amount)} |`
  })
  return `| \`${key}\` | |\n|---|---:|\n${rows.join('\n')}\n| **sum** | ${formatInr(lines.reduce((total, { amount }) => total + paise(amount), 0n))} |`
}

function standing(
  name: string,
  { at, balance, held, emi_reserve, recoverable, total_earned, total_withdrawn }: Standing,
): string {
  const amounts = [balance, held, emi_reserve, recoverable, total_earned, total_withdrawn].map(inr)
  return `| ${name} | ${at} | ${amounts.join(' | ')} |`
}
