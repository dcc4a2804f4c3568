import type { DeliveryRow, DeliveryStore } from '../database/delivery-store.ts'

type StoredRow = {
  id: number
  messageId: string
  handler: string
  envelopeJson: string
  attempt: number
  isParked: boolean
  availableAt: Date
  leasedUntil: Date | null
  reason: string | null
}

/** A delivery store in memory, for tests: the promises of the port and nothing more. */
export function createMemoryDeliveryStore(): DeliveryStore & { readonly size: () => number } {
  const rows = new Map<number, StoredRow>()
  let lastId = 0
  const isLeased = (row: StoredRow, now: Date) => row.leasedUntil !== null && row.leasedUntil > now
  const ofHandler = (handler: string) => [...rows.values()].filter((row) => row.handler === handler)

  function change(id: number, changes: Partial<StoredRow>) {
    const row = rows.get(id)
    if (row !== undefined) Object.assign(row, changes)
  }

  return {
    size: () => rows.size,
    async insert(deliveries) {
      for (const { messageId, handler, envelope, availableAt } of deliveries) {
        if (ofHandler(handler).some((row) => row.messageId === messageId)) continue
        lastId += 1
        const fresh = { attempt: 1, isParked: false, leasedUntil: null, reason: null }
        rows.set(lastId, {
          id: lastId,
          messageId,
          handler,
          envelopeJson: JSON.stringify(envelope),
          availableAt,
          ...fresh,
        })
      }
    },
    async claim(handler, limit, { leaseMs, now, exclusive }) {
      const mine = ofHandler(handler)
      if (exclusive && mine.some((row) => isLeased(row, now))) return []
      const free = mine.filter((row) => !row.isParked && row.availableAt <= now && !isLeased(row, now)).slice(0, limit)
      for (const row of free) row.leasedUntil = new Date(now.getTime() + leaseMs)
      return free.map(toDeliveryRow)
    },
    async extendLease(ids, { leaseMs, now }) {
      for (const id of ids) change(id, { leasedUntil: new Date(now.getTime() + leaseMs) })
    },
    async settle(ids) {
      for (const id of ids) rows.delete(id)
    },
    async retry(id, { availableAt, attempt, reason }) {
      change(id, { availableAt, attempt, reason, leasedUntil: null })
    },
    async park(id, reason) {
      change(id, { isParked: true, reason, leasedUntil: null })
    },
    async parked(handler, limit) {
      const parked = ofHandler(handler).filter((row) => row.isParked)
      return parked.slice(0, limit).map((row) => ({ ...toDeliveryRow(row), reason: row.reason ?? '' }))
    },
    async redrive(handler, ids, now) {
      const chosen = ofHandler(handler).filter((row) => row.isParked && (ids === 'all' || ids.includes(row.id)))
      for (const row of chosen) change(row.id, { isParked: false, attempt: 1, reason: null, availableAt: now })
      return chosen.length
    },
    async discard(handler, ids) {
      const chosen = ofHandler(handler).filter((row) => row.isParked && ids.includes(row.id))
      for (const row of chosen) rows.delete(row.id)
      return chosen.length
    },
    async countParked() {
      const counts = new Map<string, number>()
      for (const row of rows.values()) if (row.isParked) counts.set(row.handler, (counts.get(row.handler) ?? 0) + 1)
      return counts
    },
  }
}

function toDeliveryRow({ id, messageId, handler, envelopeJson, attempt }: StoredRow): DeliveryRow {
  return { id, messageId, handler, envelope: JSON.parse(envelopeJson), attempt }
}
