import { Button, Stack } from '@mui/material'
import { useState } from 'react'
import { useDone } from '../../money/use-done.ts'
import { useMay } from '../../session/may.ts'
import type { Payment } from './booking.ts'
import { ConfirmPaymentDialog, FailPaymentDialog } from './review-dialogs.tsx'

/** Says of a payment that a member reported whether the money has arrived. */
export function ReviewActions({ payment }: { payment: Payment }) {
  const may = useMay()
  const [open, setOpen] = useState<'confirm' | 'fail' | null>(null)
  const close = () => setOpen(null)
  const done = useDone(close)
  if (payment.status !== 'pending' || !may('post /booking/payments/{id}/confirm/')) return null
  return (
    <Stack direction="row" sx={{ gap: 1, justifyContent: 'flex-end' }}>
      <Button size="small" color="error" onClick={() => setOpen('fail')}>
        Did not arrive
      </Button>
      <Button size="small" variant="outlined" onClick={() => setOpen('confirm')}>
        Confirm
      </Button>
      {open === 'confirm' && (
        <ConfirmPaymentDialog payment={payment} onDone={() => done('The payment counts.')} onClose={close} />
      )}
      {open === 'fail' && (
        <FailPaymentDialog
          payment={payment}
          onDone={() => done('The payment is marked as failed, and the member is told.')}
          onClose={close}
        />
      )}
    </Stack>
  )
}
