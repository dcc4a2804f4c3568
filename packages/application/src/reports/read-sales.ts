import { reports } from '@ev/db'
import type { Paise } from '@ev/domain'
import type { Deps } from '../deps.ts'
import { daysOf, monthsOf, type ReportDays, type ReportPeriod, reportPeriod } from './report-period.ts'

/** Sales of one day, month or vehicle. `received − refunded = net`, by the day on which the money moved. */
export type SalesRow = {
  /** The day or month; null by vehicle. */
  readonly period: string | null
  readonly vehicle: { readonly id: number; readonly name: string; readonly modelCode: string } | null
  readonly figures: SalesFigures
}

export type SalesFigures = {
  readonly bookings: number
  readonly booked: Paise
  readonly payments: number
  readonly received: Paise
  readonly refunded: Paise
  readonly net: Paise
}

export type SalesReport = {
  readonly period: ReportPeriod
  readonly rows: readonly SalesRow[]
  readonly total: SalesFigures
}

/**
 * What was sold in a period: the bookings placed in it, and the money that the journal says bookings received and gave back in it. Days and
 * months without sales are shown with zeros. Refuses with `validation.failed` a period of more than a year.
 */
export async function readSales(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { groupBy, ...days }: Partial<ReportDays> & { groupBy: reports.SalesGrouping },
): Promise<SalesReport> {
  const period = reportPeriod(days, clock.now())
  const [orders, receipts] = await Promise.all([
    reports.orders(db.read, period, groupBy),
    reports.receipts(db.read, period, groupBy),
  ])
  const figuresOf = (key: string) => figures(orders.get(key), receipts.get(key))
  const keys = groupBy === 'vehicle' ? [...new Set([...orders.keys(), ...receipts.keys()])] : spanned(period, groupBy)
  const rows =
    groupBy === 'vehicle'
      ? await byVehicle(db, keys, figuresOf)
      : keys.map((key) => ({ period: key, vehicle: null, figures: figuresOf(key) }))
  return { period, rows, total: rows.reduce((sum, row) => added(sum, row.figures), figures()) }
}

function spanned(period: ReportDays, groupBy: 'day' | 'month'): string[] {
  return groupBy === 'day' ? daysOf(period) : monthsOf(period)
}

async function byVehicle(
  { read }: Deps['db'],
  keys: readonly string[],
  figuresOf: (key: string) => SalesFigures,
): Promise<SalesRow[]> {
  const ids = keys.map(Number).sort((a, b) => a - b)
  const vehicles = await reports.vehicleNames(read, ids)
  return ids.flatMap((id) => {
    const vehicle = vehicles.get(id)
    return vehicle ? [{ period: null, vehicle: { id, ...vehicle }, figures: figuresOf(String(id)) }] : []
  })
}

function figures(
  { bookings, booked }: reports.Orders = { bookings: 0, booked: 0n },
  { payments, received, refunded }: reports.Receipts = { payments: 0, received: 0n, refunded: 0n },
): SalesFigures {
  return { bookings, booked, payments, received, refunded, net: received - refunded }
}

function added(a: SalesFigures, b: SalesFigures): SalesFigures {
  return {
    bookings: a.bookings + b.bookings,
    booked: a.booked + b.booked,
    payments: a.payments + b.payments,
    received: a.received + b.received,
    refunded: a.refunded + b.refunded,
    net: a.net + b.net,
  }
}
