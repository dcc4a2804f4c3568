import { endOfIstDay, startOfIstDay } from '@ev/domain'
import { z } from 'zod'
import { calendarDate, instant } from './http/index.ts'

/** A line of text that may be empty, spaces at its ends removed. */
export const anyText = (max: number) =>
  z
    .string({ error: 'Must be a text.' })
    .trim()
    .max(max, { error: `Must have at most ${max} characters.` })
    .regex(/^\P{Cc}*$/u, { error: 'Must not contain control characters.' })

/** A line of text that may be left out; absent, null and empty all arrive as null. */
export const optionalText = (max: number) =>
  anyText(max)
    .nullish()
    .transform((text) => text || null)

/** A code that one member gives to another; whether it exists is decided where it is used. */
export const referralCode = optionalText(20)

/** The words that a list is searched for. */
export const searchText = anyText(100).optional()

const asMoment = (edgeOf: (date: string) => Date) =>
  z.union([calendarDate.transform(edgeOf), instant], { error: 'Must be a date or an instant in UTC.' }).optional()

/** The first and the last moment that a query asks for, both included: an instant, or a date, which means its whole day in India. */
export const firstMoment = asMoment(startOfIstDay)
export const lastMoment = asMoment(endOfIstDay)

/** Bounds of `created_at` in a query, both included: an instant, or a date, which means its whole day in India. */
export const createdQuery = {
  created_after: firstMoment,
  created_before: lastMoment,
}
