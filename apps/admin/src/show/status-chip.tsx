import { Chip, type ChipProps } from '@mui/material'
import { useRecordContext } from 'react-admin'

type Tone = 'done' | 'waiting' | 'moving' | 'refused' | 'quiet'

/** What each state of the API means to the eye. The word is always shown too: colour alone says nothing to some. */
const tones: Readonly<Record<string, Tone>> = {
  approved: 'done',
  completed: 'done',
  confirmed: 'done',
  delivered: 'done',
  available: 'done',
  current: 'done',
  active: 'done',
  verified: 'done',
  processed: 'done',
  paid: 'done',
  settled: 'done',
  published: 'done',
  shown_first: 'done',
  pending: 'waiting',
  scheduled: 'waiting',
  out_of_stock: 'waiting',
  unverified: 'waiting',
  waiting: 'waiting',
  partial: 'waiting',
  unread: 'waiting',
  matched: 'moving',
  processing: 'moving',
  open: 'moving',
  rejected: 'refused',
  failed: 'refused',
  expired: 'refused',
  closed: 'refused',
  reversed: 'refused',
  parked: 'refused',
  overdue: 'refused',
  refused: 'refused',
  cancelled: 'quiet',
  refunded: 'quiet',
  discontinued: 'quiet',
  past: 'quiet',
  unchanged: 'quiet',
}

const colors: Readonly<Record<Tone, ChipProps['color']>> = {
  done: 'success',
  waiting: 'warning',
  moving: 'info',
  refused: 'error',
  quiet: 'default',
}

/** `out_of_stock` and `BINARY_PAIR` as people read them: `Out of stock`, `Binary pair`. */
export function statusLabel(status: string): string {
  const spaced = status.replaceAll('_', ' ')
  const words = spaced === spaced.toUpperCase() ? spaced.toLowerCase() : spaced
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function StatusChip({ status }: { status: string }) {
  return <Chip size="small" label={statusLabel(status)} color={colors[tones[status] ?? 'quiet']} variant="tinted" />
}

/** The state of the record as a chip. */
export function StatusField({ source = 'status' }: { source?: string }) {
  const status = useRecordContext()?.[source] as string | undefined
  return status ? <StatusChip status={status} /> : <>—</>
}
