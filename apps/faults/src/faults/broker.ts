import { setTimeout as pause } from 'node:timers/promises'
import { shown, underLoad } from '../fault.ts'
import { oneOfEach, services } from './stacks-of-faults.ts'

export const brokerIsAway = underLoad({
  letter: 'd',
  title: 'broker away under load',
  on: services,
  open: oneOfEach,
  async harm({ lines, db }, { acknowledged, traffic }, { seconds }) {
    const before = { acknowledged: acknowledged(), faults: traffic.serverFaults + traffic.lostAnswers }
    lines.broker.cut()
    await pause(seconds * 1_000)
    const waiting = await db.read.outboxMessage.count({ where: { publishedAt: null } })
    const served = acknowledged() - before.acknowledged
    const failed = traffic.serverFaults + traffic.lostAnswers - before.faults
    lines.broker.restore()
    const text = `away ${seconds} s; ${served} operations acknowledged meanwhile, ${failed} requests failed, ${waiting} messages waited`
    return shown(waiting > 0 && served > 0 && failed === 0, text)
  },
})
