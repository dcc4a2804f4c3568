import type { Answer } from '../../api/answer.ts'

export type Batch = Answer<'/payout/batches/{id}/'>

/** Where the payouts of a batch stand, in words: `3 wait, 2 paid, 1 failed`. */
export function standingOf({ processing, completed, failed }: Batch['statuses']): string {
  const parts = [
    processing > 0 && `${processing} wait`,
    completed > 0 && `${completed} paid`,
    failed > 0 && `${failed} failed`,
  ]
  return parts.filter(Boolean).join(', ')
}
