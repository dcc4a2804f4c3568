/** The ids that a message carries, `payment 42, booking 7`. */
export function Payload({ payload }: { payload: Readonly<Record<string, unknown>> }) {
  const parts = Object.entries(payload).map(
    ([name, value]) => `${spaced(name)} ${value === null ? '—' : String(value)}`,
  )
  return <>{parts.join(', ') || '—'}</>
}

/** `bookingId` and `booking_id` as words, without the `id` that all of them have. */
const spaced = (name: string) =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .replace(/ id$/i, '')
    .toLowerCase()
