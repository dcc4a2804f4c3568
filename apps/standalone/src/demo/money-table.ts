import type { Ending } from './story.ts'

const widths = [16, 40, 12, 12] as const

/** The statement as a table: what moved, why, and what stood in the wallet afterwards. */
export function moneyTable({ statement, balance }: Ending): string {
  const [kind, why, amount, after] = widths
  const row = (cells: readonly [string, string, string, string]) =>
    `  ${cells[0].padEnd(kind)}  ${cells[1].slice(0, why).padEnd(why)}  ${cells[2].padStart(amount)}  ${cells[3].padStart(after)}`
  const rule = `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`
  const lines = statement.map((line) => {
    const moved = String(line['amount'])
    return row([
      String(line['transaction_type']),
      String(line['description']),
      moved.startsWith('-') ? moved : `+${moved}`,
      String(line['balance_after']),
    ])
  })
  return [row(['what', 'why', 'amount', 'balance']), rule, ...lines, rule, row(['', '', '', balance])].join('\n')
}
