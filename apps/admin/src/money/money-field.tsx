import { Box } from '@mui/material'
import { useRecordContext } from 'react-admin'
import { inr, type RupeesText } from './rupees.ts'

/** An amount, in figures of equal width; what leaves is marked. */
export function Money({ amount, isSigned = false }: { amount: RupeesText; isSigned?: boolean }) {
  const leaves = amount.startsWith('-')
  const sign = isSigned && !leaves ? '+' : ''
  const color = isSigned ? (leaves ? 'error.main' : 'success.main') : 'inherit'
  return (
    <Box component="span" className="money" sx={{ color }}>
      {sign}
      {inr(amount)}
    </Box>
  )
}

/** How a column of amounts stands in a `DataTable`: to the right, figure under figure. */
export const figures = { cellClassName: 'figures', headerClassName: 'figures', disableSort: true } as const

/** An amount of the record: `<DataTable.Col source="amount" {...figures}><MoneyField source="amount" /></DataTable.Col>`. */
export function MoneyField({ source, isSigned = false }: { source: string; isSigned?: boolean }) {
  const amount = useRecordContext()?.[source] as RupeesText | null | undefined
  return amount === null || amount === undefined ? <>—</> : <Money amount={amount} isSigned={isSigned} />
}
