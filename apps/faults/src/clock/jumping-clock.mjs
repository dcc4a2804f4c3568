// Loaded into a process before everything else (`node --import`): its clock is off by as many milliseconds as a file says, and jumps when that changes.
import { readFileSync } from 'node:fs'

const lookEveryMs = 50
const Real = Date
let offsetMs = 0

function look() {
  try {
    offsetMs = Number(readFileSync(process.env.CLOCK_OFFSET_FILE, 'utf8'))
  } catch {
    // The file is being written, or not yet there: the clock stays as it is.
  }
}

look()
setInterval(look, lookEveryMs).unref()
const now = () => Real.now() + offsetMs
globalThis.Date = new Proxy(Real, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new Real(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
})
