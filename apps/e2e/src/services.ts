import { connect } from 'node:net'
import { describe, test } from 'vitest'

const ports = { MariaDB: 3306, Redis: 6379, RabbitMQ: 5672 }

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 })
    const end = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
    socket.on('timeout', () => end(false))
  })
}

const missing: string[] = []
for (const [name, port] of Object.entries(ports)) if (!(await answers(port))) missing.push(name)

/** Declares a suite that needs MariaDB, Redis and RabbitMQ: skipped, saying so, without them; failing with REQUIRE_SERVICES=1. */
export function describeOnServices(name: string, declare: () => void): void {
  if (missing.length === 0) {
    describe(name, declare)
    return
  }
  if (process.env['REQUIRE_SERVICES'] === '1') {
    test(`${name}: services`, () => {
      throw new Error(`${missing.join(', ')} cannot be reached, and REQUIRE_SERVICES=1.`)
    })
    return
  }
  console.log(`${name}: skipped without ${missing.join(', ')}`)
  describe.skip(name, declare)
}
