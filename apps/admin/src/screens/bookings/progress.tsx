import { LinearProgress, Stack, Typography } from '@mui/material'
import { Money } from '../../money/money-field.tsx'
import { paiseOf } from '../../money/rupees.ts'
import type { Booking } from './booking.ts'

/** How much of the price was paid. */
export function Progress({ booking }: { booking: Booking }) {
  const { total_amount, total_paid, remaining_amount, emi_paid_count, emi_total_count } = booking
  const percent = Number((paiseOf(total_paid) * 100n) / paiseOf(total_amount))
  const figures = [
    ['Price', total_amount],
    ['Paid', total_paid],
    ['To pay', remaining_amount],
  ] as const
  return (
    <Stack spacing={1.5}>
      <Stack direction="row" sx={{ gap: 4, flexWrap: 'wrap' }}>
        {figures.map(([label, amount]) => (
          <div key={label}>
            <Typography variant="body2" color="text.secondary">
              {label}
            </Typography>
            <Typography variant="h6" component="p" data-testid={label}>
              <Money amount={amount} />
            </Typography>
          </div>
        ))}
      </Stack>
      <LinearProgress variant="determinate" value={percent} aria-label="Paid of the price" />
      <Typography variant="body2" color="text.secondary">
        {percent} % of the price
        {emi_total_count > 0 && `, ${emi_paid_count} of ${emi_total_count} instalments`}
      </Typography>
    </Stack>
  )
}
