import type { Reader } from '../client.ts'
import { page } from './pages.ts'

/** Pairs with what they earned. */
export const readPairs = (reader: Reader) => (after: number) =>
  reader.pair.findMany({ ...page(after), include: { earning: true } })
