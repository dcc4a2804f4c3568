import { createHash } from 'node:crypto'
import type { Message } from 'amqplib'

const attemptHeader = 'x-attempt'
const reasonHeader = 'x-reason'

/** The attempt that this delivery is, 1 for the first. Counted by ourselves, because brokers count redeliveries differently. */
export function attemptOf(message: Message): number {
  const attempt: unknown = message.properties.headers?.[attemptHeader]
  return typeof attempt === 'number' && Number.isSafeInteger(attempt) && attempt >= 1 ? attempt : 1
}

/** Why the last attempt failed. The broker itself parks what ended its consumer too often. */
export function reasonOf(message: Message): string {
  const reason: unknown = message.properties.headers?.[reasonHeader]
  return typeof reason === 'string' ? reason : 'the broker gave up: delivered too often without an answer'
}

export function attemptHeaders({ attempt, reason }: { readonly attempt: number; readonly reason: string }) {
  return { [attemptHeader]: attempt, [reasonHeader]: reason }
}

/** The id of the message, or a fingerprint of its text where a stranger sent it without one. */
export function idOf(message: Message): string {
  const id: unknown = message.properties.messageId
  if (typeof id === 'string' && id !== '') return id
  return createHash('sha256').update(message.content).digest('hex').slice(0, 32)
}
