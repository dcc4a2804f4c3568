import { useState } from 'react'
import { useNotify, useRefresh } from 'react-admin'
import { messageOfError } from '../api/problem.ts'

/** Does one thing at a time, says how it went, and shows everything anew afterwards. Not for money: that goes through `ConfirmMoney`. */
export function useAction(): {
  isBusy: boolean
  act: (work: () => Promise<unknown>, done: string) => Promise<boolean>
} {
  const [isBusy, setBusy] = useState(false)
  const notify = useNotify()
  const refresh = useRefresh()
  async function act(work: () => Promise<unknown>, done: string): Promise<boolean> {
    setBusy(true)
    try {
      await work()
      notify(done, { type: 'success' })
      refresh()
      return true
    } catch (error) {
      notify(messageOfError(error), { type: 'error' })
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, act }
}
