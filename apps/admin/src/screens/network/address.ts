import { useSearchParams } from 'react-router'

/** What the address says that is looked at: `/network?node=7&pair=3&view=list`. */
export type Place = {
  /** Where the tree opens: a position, or a member's. */
  readonly node: number | null
  readonly user: number | null
  readonly pair: number | null
  readonly view: 'picture' | 'list'
}

const numberOf = (text: string | null) => (text !== null && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null)

/** The place in the address, and how to go elsewhere: what is not named stays, `null` is taken away. */
export function usePlace(): [Place, (next: Partial<Record<keyof Place, number | string | null>>) => void] {
  const [query, setQuery] = useSearchParams()
  const place: Place = {
    node: numberOf(query.get('node')),
    user: numberOf(query.get('user')),
    pair: numberOf(query.get('pair')),
    view: query.get('view') === 'list' ? 'list' : 'picture',
  }
  const go = (next: Partial<Record<keyof Place, number | string | null>>) =>
    setQuery((current) => {
      const changed = new URLSearchParams(current)
      for (const [name, value] of Object.entries(next)) {
        if (value === null || value === undefined) changed.delete(name)
        else changed.set(name, String(value))
      }
      return changed
    })
  return [place, go]
}

/** Where the network is opened from another screen. */
export const networkAddress = (at: Partial<Record<keyof Place, number | string>>): string =>
  `/network?${new URLSearchParams(Object.entries(at).map(([name, value]) => [name, String(value)]))}`
