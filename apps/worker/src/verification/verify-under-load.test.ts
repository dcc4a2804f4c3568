import { verifyLedger, verifyTree } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { times, until } from '@ev/testing'
import { expect, test } from 'vitest'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { stories } from '../testing/stories.ts'

const callers = 6
const paymentsOfEach = 12
/** What messages bring about is not looked for: nobody hands them over meanwhile. */
const options = { progress: () => {}, settledAfterMs: 3_600_000 }

eachDatabase((_name, makeDatabase) => {
  test('nothing is found while many pay at once, because a verification reads one state of the database', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const { deps } = platform
    const { aBooking, fund, pay, askPayout } = stories(platform)
    const asha = (await platform.aMember()).id
    const members = await Promise.all(times(callers, async () => (await platform.aMember(asha)).id))
    const bookings = await Promise.all(members.map((member) => aBooking(member)))
    for (const member of members) await fund(member, 50_000)
    await platform.settled()
    const counts = { payments: 0, whileVerifying: 0 }

    async function payAgainAndAgain(member: number, bookingId: number): Promise<void> {
      for (let n = 0; n < paymentsOfEach; n += 1) {
        // Payments at once may lose a deadlock more often than a transaction is tried again; a caller asks again then.
        const method = n % 2 === 0 ? 'online' : 'wallet'
        await until(() => pay(member, bookingId, 500, { method }), { timeoutMs: 60_000 })
        if (n % 5 === 0) await askPayout(member, 1_000)
        counts.payments += 1
      }
    }

    async function verifyWhilePaying(): Promise<void> {
      while (isPaying) {
        const before = counts.payments
        expect(await verifyLedger(deps, options)).toEqual([])
        counts.whileVerifying += counts.payments - before
        expect(await verifyTree(deps, options)).toEqual([])
      }
    }

    let isPaying = true
    const paying = Promise.all(members.map((member, at) => payAgainAndAgain(member, bookings[at]!.id))).finally(() => {
      isPaying = false
    })
    await Promise.all([paying, verifyWhilePaying()])
    expect(counts.whileVerifying).toBeGreaterThan(0)
    await platform.settled()
    await platform.expectClean()
  }, 240_000)
})
