import { walletHistory, walletOrigins } from '@ev/db'
import { available, formatInr, minPaise, type Paise } from '@ev/domain'
import { difference, least, type Named, negative, resultOf, type Step } from './steps.ts'
import { type Debt, type Explained, type Subject, sumOfRows } from './subject.ts'

/** What a reversal did not find and the wallet was lent (positive), or what a credit paid back of it (negative). */
export async function explainRecovery(subject: Subject): Promise<Explained> {
  const { reader, row, entry } = subject
  const before = await walletHistory.walletAt(reader, row.userId, { beforeEntry: entry.id })
  const debts = debtsOf(await walletOrigins.recoveriesUpTo(reader, { userId: row.userId, id: row.id }))
  const isLoan = row.amount > 0n
  return {
    reasons: isLoan
      ? [
          `The wallet had ${formatInr(available(before))} available when ${formatInr(-sumOfRows(subject, 'REVERSAL'))} was taken back.`,
          `The missing ${formatInr(row.amount)} was lent to it and is owed, to be recovered from later credits.`,
        ]
      : [
          'What a member owes back after a reversal is taken from later credits first.',
          ...debts.map(
            ({ row: loan, outstandingBefore, recovered }) =>
              `${formatInr(recovered)} of the ${formatInr(outstandingBefore)} that was still owed since ${loan.journalEntry.key}.`,
          ),
        ],
    steps: isLoan ? loanSteps(subject, before) : recoverySteps(subject, before),
    settings: [],
    origins: { debts },
  }
}

type Before = Awaited<ReturnType<typeof walletHistory.walletAt>>

function loanSteps(subject: Subject, before: Before): Step[] {
  const reserve: Named = ['from_reserve', sumOfRows(subject, 'RESERVE_DEDUCTION')]
  const free = difference('available', ['balance_before', before.balance], ['held', before.held])
  const reversal: Named = ['reversal_amount', -sumOfRows(subject, 'REVERSAL')]
  const parts = reserve[1] === 0n ? [resultOf(free)] : [resultOf(free), reserve]
  return [free, difference('amount', reversal, ...parts)]
}

function recoverySteps(subject: Subject, before: Before): Step[] {
  const { entry } = subject
  const credited = entry.walletTransactions.filter(({ transactionType }) => transactionType !== 'RECOVERY')
  const total = credited.reduce((sum, { amount }) => sum + amount, 0n)
  const recovered = least('recovered', ['credited', total], ['owed_before', before.recoverable])
  return [recovered, negative('amount', resultOf(recovered))]
}

/** The oldest debt is paid first. Of a loan the debt is itself; of a recovery those that it paid back. */
function debtsOf(rows: readonly walletOrigins.RecoveryRow[]): Debt[] {
  const open: { row: walletOrigins.RecoveryRow; outstanding: Paise }[] = []
  let paid: Debt[] = []
  for (const row of rows) {
    paid = []
    if (row.amount > 0n) {
      open.push({ row, outstanding: row.amount })
      paid.push({ row, outstandingBefore: row.amount, recovered: 0n })
      continue
    }
    let left = -row.amount
    while (left > 0n && open[0]) {
      const recovered = minPaise(left, open[0].outstanding)
      paid.push({ row: open[0].row, outstandingBefore: open[0].outstanding, recovered })
      open[0].outstanding -= recovered
      left -= recovered
      if (open[0].outstanding === 0n) open.shift()
    }
  }
  return paid
}
