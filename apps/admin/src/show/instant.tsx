import { dateLabel, formatIst } from '@ev/domain'
import { useRecordContext } from 'react-admin'

/** `25 Nov 2026, 3:04 pm`, in India wherever the browser stands. */
export const ist = (instant: string): string => formatIst(new Date(instant))

/** `25 Nov 2026` */
export const day = (date: string): string => dateLabel(date)

/** An instant of the record, with its exact UTC form on hover. */
export function InstantField({ source }: { source: string }) {
  const value = useRecordContext()?.[source] as string | null | undefined
  if (!value) return <>—</>
  return (
    <time dateTime={value} title={value} style={{ whiteSpace: 'nowrap' }}>
      {ist(value)}
    </time>
  )
}
