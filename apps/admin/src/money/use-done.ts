import { useNotify, useRefresh } from 'react-admin'

/** Closes a question that was answered, says what was done, and reads everything anew. */
export function useDone(close: () => void): (said: string) => void {
  const notify = useNotify()
  const refresh = useRefresh()
  return (said) => {
    close()
    notify(said, { type: 'success' })
    refresh()
  }
}
