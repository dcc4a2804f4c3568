import type { Answer } from '../../api/answer.ts'
import { api, ask } from '../../api/client.ts'

export type Payout = Answer<'/payout/{id}/'>

/** The most payouts that one batch takes. */
export const mostOfBatch = 500

const perPage = 100

/** Payouts that wait, oldest first: those of these ids, or as many as one batch takes. */
export async function waitingPayouts(ids: readonly number[] | null): Promise<Payout[]> {
  const wanted = ids && new Set(ids)
  const enough = Math.min(wanted?.size ?? mostOfBatch, mostOfBatch)
  const found: Payout[] = []
  for (let page = 1; found.length < enough; page += 1) {
    const query = { status: 'pending', ordering: 'created_at', page, page_size: perPage } as const
    const { results, next } = await ask(api.GET('/payout/', { params: { query } }))
    found.push(...results.filter(({ id }) => wanted === null || wanted.has(id)))
    if (next === null) break
  }
  return found.slice(0, enough)
}

/** The payout that has waited longest, other than this one; null when none does. */
export async function nextWaiting(thanId: number): Promise<number | null> {
  const query = { status: 'pending', ordering: 'created_at', page_size: 2 } as const
  const { results } = await ask(api.GET('/payout/', { params: { query } }))
  return results.find(({ id }) => id !== thanId)?.id ?? null
}
