import { isListening } from '@ev/testing'
import { describe, test } from 'vitest'

const ports = { MariaDB: 3306, Redis: 6379, RabbitMQ: 5672 }

const missing: string[] = []
for (const [name, port] of Object.entries(ports)) if (!(await isListening(port))) missing.push(name)

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
