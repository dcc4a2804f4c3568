import { type Paise, rupees } from '../money.ts'

export type TransferMode = 'NEFT' | 'IMPS' | 'RTGS'

/** RTGS takes no less; IMPS takes no more. Source: the Reserve Bank's rules as banks publish them. */
const rtgsFrom = rupees(200_000)
const impsUpTo = rupees(500_000)

/** How an amount goes to another bank: NEFT below ₹2 lakh, at once by IMPS up to ₹5 lakh, RTGS above. */
export function transferMode(amount: Paise): TransferMode {
  if (amount < rtgsFrom) return 'NEFT'
  return amount <= impsUpTo ? 'IMPS' : 'RTGS'
}
