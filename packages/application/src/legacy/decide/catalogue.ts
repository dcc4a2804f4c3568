import type { LegacyRecord, takeOver } from '@ev/db'
import { mostPictures } from '@ev/domain'
import type { Discrepancies } from '../discrepancies.ts'
import { vehicleStatuses } from '../mapping.ts'
import { flagOf, groupBy, idOf, idOrNull, instantOf, jsonOf, paiseOf, textOf, wordOf } from '../values.ts'

export function decideVehicles(
  rows: readonly LegacyRecord[],
  { found, now }: { found: Discrepancies; now: Date },
): takeOver.NewRows['vehicles'][] {
  const codes = new Set<string>()
  return rows.flatMap((row) => {
    const id = idOf(row)
    const subject = `vehicle ${id}`
    const price = paiseOf(row, 'price')
    if (price <= 0n) {
      found.add('vehicle.price', subject)
      return []
    }
    const status = wordOf(vehicleStatuses, textOf(row, 'status'))
    if (status === null) found.add('word.unknown', `status of ${subject}`, { note: textOf(row, 'status', 20) })
    const code = textOf(row, 'model_code', 90).toUpperCase()
    const modelCode = codes.has(code) ? `${code}-${id}` : code
    codes.add(modelCode)
    const createdAt = instantOf(row, 'created_at', now)
    const battery = textOf(row, 'battery_variant', 50)
    return {
      id,
      name: textOf(row, 'name', 200),
      modelCode,
      vehicleColors: textsOf(jsonOf(row, 'vehicle_color', [])),
      batteryVariants: battery === '' ? [] : [battery],
      price,
      status: status ?? 'discontinued',
      description: textOf(row, 'description', 10_000),
      features: textsOf(jsonOf(row, 'features', [])),
      specifications: objectOf(jsonOf(row, 'specifications', {})),
      createdAt,
      updatedAt: instantOf(row, 'updated_at', createdAt),
    }
  })
}

function textsOf(json: unknown): string[] {
  if (typeof json === 'string') return json === '' ? [] : [json]
  return Array.isArray(json) ? json.map(String) : []
}

function objectOf(json: unknown): Record<string, string> {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return {}
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, String(value)]))
}

/** A picture whose file is still to be made anew. */
export type ImageDraft = {
  readonly row: Omit<takeOver.NewRows['vehicleImages'], 'fileKey' | 'thumbnailKey' | 'contentType' | 'width' | 'height'>
  readonly path: string
}

export function decideImages(
  rows: readonly LegacyRecord[],
  { vehicles, found, now }: { vehicles: ReadonlySet<number>; found: Discrepancies; now: Date },
): ImageDraft[] {
  for (const row of rows) {
    if (!vehicles.has(idOrNull(row, 'vehicle_id') ?? 0)) found.add('row.orphan', `vehicle image ${idOf(row)}`)
  }
  return [...groupBy(rows, 'vehicle_id')]
    .filter(([vehicleId]) => vehicles.has(vehicleId))
    .flatMap(([vehicleId, own]) => {
      for (const row of own.slice(mostPictures))
        found.add('file.missing', `vehicle image ${idOf(row)}`, { note: 'too many' })
      const primary = own.find((row) => flagOf(row, 'is_primary')) ?? own[0]
      return own.slice(0, mostPictures).map((row): ImageDraft => {
        const createdAt = instantOf(row, 'created_at', now)
        return {
          path: textOf(row, 'image'),
          row: {
            id: idOf(row),
            vehicleId,
            altText: textOf(row, 'alt_text', 200),
            isPrimary: row === primary,
            position: Number(row['order'] ?? 0),
            createdAt,
            updatedAt: instantOf(row, 'updated_at', createdAt),
          },
        }
      })
    })
}
