import { isFinancialYear } from '@ev/domain'
import { z } from 'zod'

/** An Indian financial year, `2026-27`. */
export const financialYear = z
  .string({ error: 'Must be a financial year, like 2026-27.' })
  .refine(isFinancialYear, { error: 'Must be a financial year, like 2026-27.' })
  .meta({ description: 'April to March, `2026-27`.', examples: ['2026-27'] })
