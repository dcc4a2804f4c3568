export { freePort } from './free-port.ts'
export { type Joined, join, seededRandom } from './members.ts'
export { type Environment, type RunningProcess, runCommand, startProcess } from './process.ts'
export {
  type EmbeddedStack,
  embeddedStack,
  lineTo,
  removeQueues,
  type ServicesStack,
  type Stack,
  servicesStack,
  through,
  type Verification,
} from './stacks.ts'
