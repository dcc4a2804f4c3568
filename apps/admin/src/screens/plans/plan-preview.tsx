import {
  Card,
  CardContent,
  Checkbox,
  FormControlLabel,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Body } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'
import { MoneyInput } from '../../money/money-input.tsx'
import { inr } from '../../money/rupees.ts'
import { Failure } from '../../show/failure.tsx'
import { Loading } from '../../show/loading.tsx'

type PreviewBody = Body<'/admin/plans/preview/'>
type Preview = NonNullable<Awaited<ReturnType<typeof preview>>>
type Effect = Preview['current']

const preview = (body: PreviewBody) => ask(api.POST('/admin/plans/preview/', { body }))

/** One payment, one pair and one payout, under the plan in effect and under the change, by the rules that decide about real ones. */
export function PlanPreview({ change, isWrong }: { change: PreviewBody['settings']; isWrong: boolean }) {
  const [payment, setPayment] = useState({ typed: '5000', amount: '5000' })
  const [payout, setPayout] = useState({ typed: '1000', amount: '1000' })
  const [isBuyer, setBuyer] = useState(false)
  const body: PreviewBody = {
    settings: change,
    payment: { amount: payment.amount, payment_method: 'online' },
    pair: { pair_number: 1, is_active_buyer: isBuyer },
    payout: {
      requested_amount: payout.amount,
      paid_this_year: '0.00',
      tds_this_year: '0.00',
      has_pan: true,
      emi_auto_filled: false,
      emi_due: '0.00',
    },
  }
  const { data, error, refetch } = useQuery({
    queryKey: ['plan', 'preview', body],
    queryFn: () => preview(body),
    enabled: !isWrong,
    placeholderData: keepPreviousData,
  })
  const take = (set: typeof setPayment, before: { amount: string }) => (typed: string, amount: string | null) =>
    set({ typed, amount: amount ?? before.amount })
  return (
    <Card>
      <CardContent>
        <Typography variant="h6" component="h3" gutterBottom>
          What it would give
        </Typography>
        <Stack direction="row" spacing={2}>
          <MoneyInput label="A payment of" value={payment.typed} onAmount={take(setPayment, payment)} helperText=" " />
          <MoneyInput label="A payout of" value={payout.typed} onAmount={take(setPayout, payout)} helperText=" " />
        </Stack>
        <FormControlLabel
          control={<Checkbox checked={isBuyer} onChange={(_, is) => setBuyer(is)} />}
          label="The earner of the pair is an active buyer"
        />
        {error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : data ? (
          <Comparison preview={data} />
        ) : (
          <Loading rows={8} />
        )}
      </CardContent>
    </Card>
  )
}

const rows: readonly { readonly group: string; readonly label: string; readonly of: (effect: Effect) => string }[] = [
  { group: 'Payment', label: 'Referral bonus', of: ({ payment }) => inr(payment.referral_bonus) },
  { group: 'Payment', label: 'Makes an active buyer', of: ({ payment }) => (payment.is_active_buyer ? 'Yes' : 'No') },
  { group: 'Pair', label: 'Earning', of: ({ pair }) => inr(pair.earning_amount) },
  { group: 'Pair', label: 'Kept for EMI', of: ({ pair }) => inr(pair.emi_deducted) },
  { group: 'Pair', label: 'Into the wallet', of: ({ pair }) => inr(pair.net_amount) },
  { group: 'Payout', label: 'TDS', of: ({ payout }) => inr(payout.tds_amount) },
  { group: 'Payout', label: 'Transfer', of: ({ payout }) => inr(payout.transfer_amount) },
  { group: 'Payout', label: 'Allowed', of: ({ payout }) => (payout.is_below_minimum ? 'No, too small' : 'Yes') },
]

function Comparison({ preview: { current, proposed, current_version } }: { preview: Preview }) {
  return (
    <Table size="small" aria-label="What the change would give">
      <TableHead>
        <TableRow>
          <TableCell>Case</TableCell>
          <TableCell align="right">Version {current_version}</TableCell>
          <TableCell align="right">With the change</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map(({ group, label, of }) => {
          const [before, after] = [of(current), of(proposed)]
          return (
            <TableRow key={`${group} ${label}`}>
              <TableCell>
                {group}: {label}
              </TableCell>
              <TableCell align="right">{before}</TableCell>
              <TableCell
                align="right"
                sx={before === after ? { color: 'text.secondary' } : { fontWeight: 700, color: 'secondary.main' }}
              >
                {after}
              </TableCell>
            </TableRow>
          )
        })}
      </TableBody>
    </Table>
  )
}
