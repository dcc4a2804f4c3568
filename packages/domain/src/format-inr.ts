import { formatRupees, type Paise } from './money.ts'

/** An amount as people in India read it, `₹1,23,456.00` or `-₹0.50`: the last three digits of the rupees together, then two and two. */
export function formatInr(amount: Paise): string {
  const [rupees = '', paise = ''] = formatRupees(amount < 0n ? -amount : amount).split('.')
  const grouped = rupees.replace(/\B(?=(?:\d{2})*\d{3}$)/g, ',')
  return `${amount < 0n ? '-' : ''}₹${grouped}.${paise}`
}
