import { Button } from '@mui/material'
import { useState } from 'react'
import { useDone } from '../../money/use-done.ts'
import { useMay } from '../../session/may.ts'
import type { Booking, Payment } from './booking.ts'
import { RefundDialog } from './refund-dialog.tsx'

/** Gives a payment back that counts. A closed booking has given everything back already. */
export function RefundAction({ payment, booking }: { payment: Payment; booking: Pick<Booking, 'status'> }) {
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  const close = () => setOpen(false)
  const done = useDone(close)
  const isClosed = booking.status === 'cancelled' || booking.status === 'expired'
  if (payment.status !== 'completed' || isClosed || !may('post /booking/payments/{id}/refund/')) return null
  return (
    <>
      <Button size="small" color="error" onClick={() => setOpen(true)}>
        Give back
      </Button>
      {isOpen && <RefundDialog payment={payment} onDone={() => done('The money is given back.')} onClose={close} />}
    </>
  )
}
