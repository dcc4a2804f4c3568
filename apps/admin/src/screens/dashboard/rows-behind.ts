import { useResourceDefinitions } from 'react-admin'
import type { ResourceName } from '../../data/resources.ts'

/** Where the rows behind a figure are: a list with its filters. */
export type RowsBehind = { readonly resource: ResourceName; readonly filter?: Readonly<Record<string, unknown>> }

/** The address of a filtered list; null where who is signed in has no such list. */
export function useRowsBehind(): (rows: RowsBehind | null | undefined) => string | null {
  const definitions = useResourceDefinitions()
  return (rows) => {
    if (!rows || !definitions[rows.resource]?.hasList) return null
    return `/${rows.resource}?${new URLSearchParams({ filter: JSON.stringify(rows.filter ?? {}), page: '1' })}`
  }
}
