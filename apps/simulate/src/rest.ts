import { notificationsForMs } from '@ev/application'
import type { Envelope } from '@ev/messaging'
import { daysLater } from './model/calendar.ts'
import { known, type Model } from './model/state.ts'
import type { SimulatedPlatform } from './platform.ts'

/** What is still owed to anyone when everything has come to rest: whatever was promised has to be done by then, and once. */
export async function whatIsOwed({ transport, db, clock }: SimulatedPlatform, model: Model): Promise<string[]> {
  const waiting = await db.read.outboxMessage.count({ where: { publishedAt: null } })
  return [
    ...transport.parkedLetters.map(
      ({ letter, reason }) => `${letter.handler} parked ${letter.envelope.name}: ${reason}`,
    ),
    ...(waiting > 0 ? [`${waiting} messages are still in the outbox`] : []),
    ...unhandled(transport),
    ...owedByModel(model, new Date(clock.now().getTime() - schedulesTakeMs)),
    ...(await notices({ transport, db, clock })),
  ]
}

/** Every message that the broker took was handled by each of its handlers. */
function unhandled({ accepted, past }: SimulatedPlatform['transport']): string[] {
  const handled = new Set(past.map(({ handler, envelope }) => `${handler} ${envelope.id}`))
  return [...accepted].flatMap(([handler, messages]) =>
    [...messages.values()]
      .filter(({ id }) => !handled.has(`${handler} ${id}`))
      .map(({ name, payload }) => `${handler} never handled ${name} ${JSON.stringify(payload)}`),
  )
}

const schedulesTakeMs = 15 * 60_000

/** What has been due for a while. */
function owedByModel(model: Model, due: Date): string[] {
  const placed = new Set(model.tree.members())
  const owed: string[] = []
  for (const { id, referrer } of model.members.values()) {
    if (referrer !== null && !placed.has(id)) owed.push(`member ${id} was never placed`)
  }
  for (const { id, status, emi, isEmiPaid } of model.payouts.values()) {
    if (status === 'processing') owed.push(`payout ${id} is still being processed`)
    if (status === 'completed' && emi > 0n && !isEmiPaid) owed.push(`the EMI of payout ${id} was never paid`)
  }
  for (const { id, isCredited, isReversed, isTakenBack, matchedAt, plan } of model.pairs.values()) {
    const isDue = daysLater(matchedAt, plan.commissionHoldDays) < due
    if (!isCredited && !isReversed && isDue) owed.push(`pair ${id} was never credited`)
    if (isCredited && isReversed && !isTakenBack) owed.push(`pair ${id} was never taken back`)
  }
  for (const { id, bonusDueAt, booking } of model.payments.values()) {
    const { status } = known(model.bookings, booking)
    if (bonusDueAt && bonusDueAt < due && (status === 'active' || status === 'completed'))
      owed.push(`the bonus of payment ${id} is owed`)
  }
  return owed
}

/**
 * Members were told once of each thing that they are told of; every part of a bonus that is taken back is a thing of its own. Only notices that
 * are older than they are kept may be gone.
 */
async function notices({
  transport,
  db,
  clock,
}: Pick<SimulatedPlatform, 'transport' | 'db' | 'clock'>): Promise<string[]> {
  const told = [...transport.accepted.get('notifications.deliver')!.values()]
  const keptSince = new Date(clock.now().getTime() - notificationsForMs)
  const recent = thingsOf(told.filter(({ occurredAt }) => new Date(occurredAt) > keptSince))
  const all = thingsOf(told)
  const actual = await db.read.notification.count()
  return actual >= recent && actual <= all ? [] : [`there are ${actual} notifications of ${recent} to ${all} things`]
}

function thingsOf(told: readonly Envelope[]): number {
  const names = told.map(({ id, name, payload }) =>
    name === 'referral.reversed' ? id : `${name} ${JSON.stringify(payload)}`,
  )
  return new Set(names).size
}
