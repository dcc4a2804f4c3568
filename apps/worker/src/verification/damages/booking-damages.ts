import type { Tx } from '@ev/db'
import type { Spoil } from '../../testing/spoiled.ts'
import { at, type Damages, type Members } from './damage.ts'

type BookingChange = Parameters<Tx['booking']['update']>[0]['data']
type BookingWhere = NonNullable<NonNullable<Parameters<Tx['booking']['findFirstOrThrow']>[0]>['where']>

const bookingChanged =
  (where: BookingWhere, change: BookingChange): Spoil =>
  async (tx) => {
    const { id } = await tx.booking.findFirstOrThrow({ where })
    await tx.booking.update({ where: { id }, data: change })
    return `booking ${id}`
  }

const anEmi = { paymentOption: 'emi_options' } as const
const completed = { status: 'completed' } as const

export const bookingDamages = ({ ravi }: Members): Damages => ({
  'booking.entries': bookingChanged({ status: 'cancelled' }, { status: 'active' }),
  'booking.total_paid': bookingChanged(anEmi, { totalPaid: { increment: 1n } }),
  'booking.payments': async (tx) => {
    const { id, bookingId } = await tx.payment.findFirstOrThrow({ where: { userId: ravi } })
    await tx.payment.update({ where: { id }, data: { refundedAmount: 1n } })
    return `booking ${bookingId}`
  },
  'booking.status': bookingChanged(completed, { status: 'active' }),
  'booking.confirmed_at': bookingChanged(completed, { confirmedAt: new Date(0) }),
  'booking.completed_at': bookingChanged(completed, { completedAt: null }),
  'booking.emi_terms': bookingChanged(anEmi, { emiTotalCount: { increment: 1 } }),
  'booking.emi_paid_count': bookingChanged(anEmi, { emiPaidCount: { increment: 1 } }),
  'booking.unit': async (tx) => {
    const { id, bookingId } = await tx.stockMovement.findFirstOrThrow({ where: { reason: 'reservation' } })
    await tx.stockMovement.update({ where: { id }, data: { delta: -2 } })
    return `booking ${bookingId}`
  },
  'vehicle.stock': async (tx) => {
    const { id } = await tx.vehicle.findFirstOrThrow({ where: { stockQuantity: { not: null } } })
    await tx.vehicle.update({ where: { id }, data: { stockQuantity: { increment: 1 } } })
    return `vehicle ${id}`
  },
})

type InstalmentChange = Parameters<Tx['instalment']['update']>[0]['data']

const instalmentChanged =
  (change: InstalmentChange): Spoil =>
  async (tx) => {
    const { id, bookingId } = await tx.instalment.findFirstOrThrow({ where: { paidAmount: 0n } })
    await tx.instalment.update({ where: { id }, data: change })
    return `instalment ${id} of booking ${bookingId}`
  }

export const instalmentDamages: Damages = {
  'instalment.schedule': async (tx) => {
    const { id, bookingId } = await tx.instalment.findFirstOrThrow()
    await tx.instalment.update({ where: { id }, data: { dueDate: '2030-01-01' } })
    return `booking ${bookingId}`
  },
  'instalment.paid_amount': instalmentChanged({ paidAmount: 1n }),
  'instalment.status': instalmentChanged({ status: 'overdue' }),
  'instalment.paid_at': instalmentChanged({ paidAt: at }),
}
