import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { FilledLedger } from './filled-ledgers.ts'

export type Verifier = 'ledger' | 'tree'

/** What one verification took, counted by the process itself; the start of the process is not part of `seconds`. */
export type VerifierReport = {
  readonly seconds: number
  /** Processor time of the process, user and system. */
  readonly cpuSeconds: number
  /** The most memory that the process had at any time (its resident set). */
  readonly peakMiB: number
  readonly differences: number
}

const program = fileURLToPath(new URL('verifier-main.ts', import.meta.url))

/** Verifies in a new process, as at rest, at the time at which the ledger ends. */
export async function verifyInProcess(verifier: Verifier, { url, endedAt }: FilledLedger): Promise<VerifierReport> {
  const args = ['--import', 'tsx', program, verifier, url, endedAt.toISOString()]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout) as VerifierReport
}
