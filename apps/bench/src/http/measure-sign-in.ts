import type { Result } from '../benchmark.ts'
import { askForCode, codesFrom, type LoggedIn, loggedInFrom, sendCode } from './log-in.ts'
import { cpuMsPerOp, loaded, type Measuring, nameOn, perSecond, together } from './measuring.ts'

/** Logs everyone of the story in: a code is asked for and sent back. Fetching the codes from the mailbox does not count. */
export async function measureSignIn(
  measuring: Omit<Measuring, 'loggedIn'>,
): Promise<{ result: Result; loggedIn: ReadonlyMap<string, LoggedIn> }> {
  measuring.progress('http.sign_in')
  const { story } = measuring.stack
  const emails = [story.reader, ...story.members]
  const asking = await loaded(measuring, (n) => askForCode(emails[n]!), { count: emails.length })
  const codeFor = await codesFrom(measuring.callers)
  const loggedIn = new Map<string, LoggedIn>()
  const sending = await loaded(measuring, (n) => sendCode(emails[n]!, codeFor(emails[n]!)), {
    count: emails.length,
    answered(body) {
      const { email, ...caller } = loggedInFrom(body)
      loggedIn.set(email, caller)
    },
  })
  const load = { ...together(asking, sending), operations: emails.length }
  return {
    loggedIn,
    result: {
      name: nameOn(measuring, 'http.sign_in', 'sqlite'),
      value: perSecond(load),
      unit: 'log-ins/s',
      limit: null,
      ratio: null,
      cpuMsPerOp: cpuMsPerOp(load),
      aim: {},
    },
  }
}
