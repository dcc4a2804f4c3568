/** Why a transaction that failed may simply be run again. */
export type TransientReason = 'deadlock' | 'lock_wait' | 'busy'

/**
 * Tells a failure that running the whole transaction again can cure (it lost a deadlock, waited too long for a row, found
 * the SQLite file locked by another process) from every other failure, for which the answer is null. Looks at Prisma's
 * codes and at the driver's own, because raw statements and BEGIN report the latter wrapped in various ways.
 */
export function transientReason(error: unknown): TransientReason | null {
  for (const layer of layersOf(error)) {
    const reason = reasonOfLayer(layer)
    if (reason !== null) return reason
  }
  return null
}

type Layer = Readonly<Record<string, unknown>>

function reasonOfLayer(layer: Layer): TransientReason | null {
  const code = layer['code']
  // Prisma keeps the driver's code beside its own; a statement sent directly fails with the driver's alone.
  const originalCode = String(layer['originalCode'] ?? layer['errno'] ?? '')
  if (code === 'P2034' || code === 1213 || originalCode === '1213' || layer['kind'] === 'TransactionWriteConflict') {
    return 'deadlock'
  }
  if (code === 'P2039' || code === 1205 || originalCode === '1205') return 'lock_wait'
  if (typeof code === 'string' && code.startsWith('SQLITE_BUSY')) return 'busy'
  if (originalCode.startsWith('SQLITE_BUSY')) return 'busy'
  return null
}

// An error carries its causes in `cause`, and Prisma's known errors carry the driver's in `meta.driverAdapterError`.
const deepestLayer = 6

function layersOf(error: unknown): Layer[] {
  const layers: Layer[] = []
  let current: unknown = error
  while (isLayer(current) && layers.length < deepestLayer) {
    layers.push(current)
    const meta = current['meta']
    current = isLayer(meta) && isLayer(meta['driverAdapterError']) ? meta['driverAdapterError'] : current['cause']
  }
  return layers
}

function isLayer(value: unknown): value is Layer {
  return typeof value === 'object' && value !== null
}

const uniqueViolations = new Set(['P2002', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'])

/** Whether `error` says that a unique key exists already: Prisma's error, or the one of either driver. */
export function isUniqueViolation(error: unknown): boolean {
  if (!isLayer(error)) return false
  return uniqueViolations.has(String(error['code'])) || error['errno'] === 1062
}
