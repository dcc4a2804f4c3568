import { servicesStack } from '@ev/e2e'
import { shown, underLoad } from '../fault.ts'
import { services } from './stacks-of-faults.ts'

const rounds = 2

/** Each process in turn is asked to end while everybody works, and started again when it has. */
export const drains = underLoad({
  letter: 'r',
  title: 'SIGTERM drains',
  on: services,
  open: () => servicesStack({ apis: 2, workers: 2 }),
  async harm({ apis, workers }, { traffic, more }, { progress }) {
    const codes: (number | null)[] = []
    for (let round = 0; round < rounds; round += 1) {
      for (const each of [apis[round % apis.length]!, workers[round % workers.length]!]) {
        progress(`${codes.length} processes ended`)
        codes.push(await each.stop())
        await more(15)
        await each.start()
      }
    }
    const failed = traffic.serverFaults + traffic.lostAnswers
    const text = `${codes.length} processes ended with ${[...new Set(codes)].join(', ')}; ${traffic.requests} requests, ${failed} failed, ${traffic.refusedConnections} connections refused`
    return shown(codes.every((code) => code === 0) && failed === 0 && traffic.refusedConnections > 0, text)
  },
})
