import { useEffect } from 'react'
import { useRefresh } from 'react-admin'

const everyMs = 3_000

/** Looks again every few seconds for as long as something is on its way that ends by itself. */
export function useRefreshWhile(isUnderWay: boolean): void {
  const refresh = useRefresh()
  useEffect(() => {
    if (!isUnderWay) return
    const timer = setInterval(refresh, everyMs)
    return () => clearInterval(timer)
  }, [isUnderWay, refresh])
}
