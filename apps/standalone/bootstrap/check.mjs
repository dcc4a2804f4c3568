/** `npm run check`: everything that `npm test` checks before it runs the suites. */
import { runChecks } from './checks.mjs'
import { generateClients, installDependencies, refuseOldNode, step } from './toolchain.mjs'

refuseOldNode()
await step('Dependencies', installDependencies)
await step('Database clients', generateClients)
const { passed, failed } = await runChecks()
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
