import { spawnSync } from 'node:child_process'

/** Whether something listens at `host:port`. Blocks for a moment, because tests are declared before anything can be awaited. */
export function isReachable({ host, port }: { host: string; port: number }): boolean {
  const probe = `const s = require('net').connect(${port}, ${JSON.stringify(host)});
    s.setTimeout(2000, () => process.exit(1)); s.on('error', () => process.exit(1)); s.on('connect', () => process.exit(0))`
  return spawnSync(process.execPath, ['-e', probe], { timeout: 5000 }).status === 0
}
