export { type Joined, join, seededRandom } from './members.ts'
export { makePlace, type Place, removeLeftovers, removePlace, secondPrefix } from './place.ts'
export { type Environment, type RunningProcess, runCommand, startProcess } from './process.ts'
export {
  type EmbeddedStack,
  embeddedStack,
  lineTo,
  type ServicesStack,
  type Stack,
  servicesStack,
  through,
  type Verification,
} from './stacks.ts'
