import { useEffect, useRef } from 'react'

const typedInto = new Set(['INPUT', 'TEXTAREA', 'SELECT'])

/** Keys of a screen, by what they write: `{ a: approve, '1': showFirst }`. They rest while something is typed or a dialog is open. */
export function useShortcuts(shortcuts: Readonly<Record<string, () => void>>): void {
  const newest = useRef(shortcuts)
  newest.current = shortcuts
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      if (event.target instanceof HTMLElement && typedInto.has(event.target.tagName)) return
      if (document.querySelector('[role="dialog"]')) return
      const act = newest.current[event.key]
      if (!act) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
