import type { Log } from '../log.ts'

/** A log for tests that look at answers only. */
export const quietLog: Log = { info() {}, warn() {}, error() {} }
