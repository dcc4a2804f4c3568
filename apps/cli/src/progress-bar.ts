import type { ProgressOf } from '@ev/application'

const width = 30
const everyMs = 100

/** Shows a bar with the pace while somebody watches; silent otherwise. Call `clear` before anything else is printed. */
export function progressBar(): { readonly progress: ProgressOf; clear(): void } {
  let shownAt = 0
  let what = ''
  let begun = { at: 0, done: 0 }
  return {
    progress(now, done, of) {
      if (!process.stderr.isTTY) return
      const at = performance.now()
      if (now !== what) begun = { at, done }
      else if (at - shownAt < everyMs && done !== of) return
      what = now
      shownAt = at
      const pace = (1000 * (done - begun.done)) / Math.max(1, at - begun.at)
      process.stderr.write(
        `\r\u001b[K${now} ${bar(done, of)} ${format(done)}${of === null ? '' : ` of ${format(of)}`}, ${format(pace)} a second`,
      )
    },
    clear() {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    },
  }
}

function bar(done: number, of: number | null): string {
  if (of === null) return ''
  const full = Math.round((width * done) / Math.max(1, of))
  return `[${'█'.repeat(full)}${'░'.repeat(width - full)}]`
}

const format = (count: number) => Math.round(count).toLocaleString('en-IN')
