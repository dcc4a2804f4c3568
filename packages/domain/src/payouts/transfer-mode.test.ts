import { expect, test } from 'vitest'
import { rupees } from '../money.ts'
import { transferMode } from './transfer-mode.ts'

test.each([
  ['1.00', 'NEFT'],
  ['199999.99', 'NEFT'],
  ['200000.00', 'IMPS'],
  ['500000.00', 'IMPS'],
  ['500000.01', 'RTGS'],
])('₹%s go by %s', (amount, mode) => expect(transferMode(rupees(amount))).toBe(mode))
