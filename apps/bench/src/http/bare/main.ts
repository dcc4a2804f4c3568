import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type BareDriver, openBareDriver } from '@ev/db/testing/bare-driver'
import express from 'express'
import type { BareOrder, BareReport, BareStart } from './protocol.ts'

/**
 * What the platform cannot be faster than: Express that answers what it has already, alone or after the same statements by the driver
 * alone; and the driver making payments, without any HTTP. Its parent tells it what to do.
 */
async function start({ databaseUrl, answers }: BareStart): Promise<void> {
  const driver = await openBareDriver(databaseUrl)
  const app = express()
  for (const { name, body, read } of answers) {
    const content: unknown = JSON.parse(body)
    app.get(`/${name}`, async (_, response) => {
      if (read !== null) await driver[read.statements](read.sessionId)
      response.json(content)
    })
  }
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  report({ kind: 'listening', port: (server.address() as AddressInfo).port })
  process.on('message', (order: BareOrder) => void pay(driver, order))
}

async function pay(driver: BareDriver, { bookingIds, callers }: BareOrder): Promise<void> {
  const before = process.cpuUsage()
  const startedAt = performance.now()
  let next = 0
  const payUntilNoneIsLeft = async () => {
    for (let id = bookingIds[next++]; id !== undefined; id = bookingIds[next++]) await driver.makePayment(id)
  }
  await Promise.all(Array.from({ length: callers }, payUntilNoneIsLeft))
  const { user, system } = process.cpuUsage(before)
  report({ kind: 'paid', seconds: (performance.now() - startedAt) / 1_000, cpuMs: (user + system) / 1_000 })
}

function report(what: BareReport): void {
  process.send?.(what)
}

process.once('message', (message: BareStart) => void start(message))
