import { describe, expect, test } from 'vitest'
import { rupees } from '../money.ts'
import { defaultPlan } from '../plan.ts'
import { noon } from '../testing/builders.ts'
import { type PlaceBookingInput, placeBooking } from './place-booking.ts'

const vehicle: PlaceBookingInput['vehicle'] = {
  id: 3,
  price: rupees(89_999),
  status: 'available',
  stockQuantity: 2,
  colors: ['Red', 'Blue'],
  batteryVariants: ['3 kWh'],
}

const input: PlaceBookingInput = {
  userId: 7,
  referrerId: null,
  vehicle,
  color: 'Red',
  batteryVariant: null,
  bookingAmount: rupees(500),
  totalAmount: null,
  paymentOption: 'full_payment',
  emiMonths: null,
  emiStart: null,
  isTermsAccepted: true,
}

const place = (change: Partial<PlaceBookingInput>) => placeBooking({ ...input, ...change }, defaultPlan, noon)

test('a placed booking is pending for thirty days, costs the price, and takes one unit', () => {
  const placed = place({ totalAmount: rupees(89_999), referrerId: 5 })
  expect(placed).toEqual({
    booking: {
      userId: 7,
      status: 'pending',
      total: rupees(89_999),
      bookingAmount: rupees(500),
      totalPaid: 0n,
      paymentOption: 'full_payment',
      expiresAt: new Date('2026-07-15T06:30:00.000Z'),
      confirmedAt: null,
      completedAt: null,
      referrerId: 5,
    },
    emi: null,
    instalments: [],
    stock: { status: 'available', stockQuantity: 1 },
    planVersion: 1,
  })
})

test('EMI terms: the financed rest in instalments, from one month after the booking in India', () => {
  const lateEvening = new Date('2026-01-30T20:00:00.000Z')
  const emi = { ...input, paymentOption: 'emi_options', emiMonths: 12 } as const
  const placed = placeBooking(emi, defaultPlan, lateEvening)
  expect(placed.emi).toEqual({ months: 12, start: '2026-02-28' })
  expect(placed.instalments).toHaveLength(12)
  expect(placed.instalments.at(-1)).toMatchObject({ dueDate: '2027-01-28', amount: rupees('7458.25') })
})

test('EMI terms: the start that was asked for', () => {
  const placed = place({ paymentOption: 'emi_options', emiMonths: 2, emiStart: '2026-08-31' })
  expect(placed.instalments.map(({ dueDate }) => dueDate)).toEqual(['2026-08-31', '2026-09-30'])
})

test('bounds that are still inside', () => {
  expect(place({ bookingAmount: rupees(89_999) }).booking.bookingAmount).toBe(rupees(89_999))
  expect(place({ paymentOption: 'emi_options', emiMonths: 60 }).instalments).toHaveLength(60)
  const untracked = { ...vehicle, stockQuantity: null }
  expect(place({ vehicle: untracked }).stock).toEqual({ status: 'available', stockQuantity: null })
  const lastUnit = { ...vehicle, stockQuantity: 1 }
  expect(place({ vehicle: lastUnit }).stock).toEqual({ status: 'out_of_stock', stockQuantity: 0 })
})

describe('refusals', () => {
  const emi = { paymentOption: 'emi_options' } as const
  test.each<[string, string, Partial<PlaceBookingInput>]>([
    ['booking.terms_not_accepted', 'terms_accepted', { isTermsAccepted: false }],
    ['user.self_referral', 'referral_code', { referrerId: 7 }],
    ['vehicle.discontinued', 'vehicle_model', { vehicle: { ...vehicle, status: 'discontinued' } }],
    ['vehicle.out_of_stock', 'vehicle_model', { vehicle: { ...vehicle, status: 'out_of_stock' } }],
    ['vehicle.out_of_stock', 'vehicle_model', { vehicle: { ...vehicle, stockQuantity: 0 } }],
    ['vehicle.option_unknown', 'vehicle_color', { color: 'Green' }],
    ['vehicle.option_unknown', 'battery_variant', { batteryVariant: '9 kWh' }],
    ['booking.total_differs', 'total_amount', { totalAmount: rupees(1) }],
    ['booking.amount_too_small', 'booking_amount', { bookingAmount: rupees('499.99') }],
    ['booking.amount_exceeds_total', 'booking_amount', { bookingAmount: rupees('89999.01') }],
    ['booking.emi_months_required', 'emi_duration_months', emi],
    ['booking.emi_months_required', 'emi_duration_months', { ...emi, emiMonths: 0 }],
    ['booking.emi_months_required', 'emi_duration_months', { ...emi, emiMonths: 61 }],
    ['booking.emi_months_required', 'emi_duration_months', { ...emi, emiMonths: 1.5 }],
    ['validation.failed', 'emi_start_date', { ...emi, emiMonths: 3, emiStart: '2026-02-30' }],
    ['validation.failed', 'emi_start_date', { ...emi, emiMonths: 3, emiStart: '2001-01-31' }],
    ['validation.failed', 'emi_start_date', { ...emi, emiMonths: 3, emiStart: '9999-06-01' }],
  ])('%s names %s', (code, field, change) => {
    expect(() => place(change)).toThrow(expect.objectContaining({ code, field }))
  })
})
