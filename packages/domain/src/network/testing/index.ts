export {
  createSlowNetwork,
  type SlowFlush,
  type SlowLeg,
  type SlowNetwork,
  type SlowPair,
  type SlowPosition,
  type SlowRules,
} from './slow-network.ts'
