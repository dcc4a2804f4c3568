import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Fault, shown } from '../fault.ts'

const folder = fileURLToPath(new URL('../../../simulate', import.meta.url))
const seeds = 12
const steps = 120

/** Crashes at every await are drawn by the simulation, which has a program of its own; here it is run with a few seeds. */
export const crashAtEveryAwait: Fault = {
  letter: 'p',
  title: 'crash at every await of the money paths',
  on: 'simulation on SQLite',
  async run({ progress }) {
    progress(`${seeds} seeds`)
    const args = ['--import', 'tsx', 'src/main.ts', '--seeds', String(seeds), '--steps', String(steps)]
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: folder }, (error, out, err) =>
        resolve(`${out}${error === null ? '' : err}`),
      )
    })
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? [null, '0', '0']
    const [, acknowledged, crashes] = /^(\d+) operations acknowledged, (\d+) crashes$/m.exec(output) ?? [null, '0', '0']
    const text = `\`simulate --seeds ${seeds} --steps ${steps}\`: ${crashes} crashes, ${passed} seeds passed`
    return {
      acknowledged: Number(acknowledged),
      lost: [],
      doubled: [],
      recoveryMs: null,
      evidence: shown(Number(passed) === seeds && Number(crashes) > 0, text),
      differences: failed === '0' ? null : output,
    }
  },
}
