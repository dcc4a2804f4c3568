import { randomUUID } from 'node:crypto'
import type { MessageName, Payload } from '../catalogue.ts'
import { type Envelope, parseEnvelope } from '../envelope.ts'
import type { Log } from '../transport.ts'

/** A valid envelope of this name with an id of its own. */
export function anEnvelope<N extends MessageName>(name: N, payload: Payload<N>): Envelope {
  const occurredAt = '2026-11-22T10:00:00.000Z'
  return parseEnvelope({ id: randomUUID(), name, payload, occurredAt, requestId: null, traceparent: null })
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }
