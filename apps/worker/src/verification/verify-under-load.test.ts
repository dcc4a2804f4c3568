import { verifyLedger, verifyTree } from '@ev/application'
import { eachDatabase } from '@ev/db/testing'
import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { stories } from '../testing/stories.ts'

const callers = 8
const verifications = 6
/** So that callers who are much quicker than the verifier end as well. */
const paymentsAtMost = 400
/** What messages bring about is not looked for: nobody hands them over meanwhile. */
const options = { progress: () => {}, settledAfterMs: 3_600_000 }

eachDatabase((_name, makeDatabase) => {
  test('nothing is found while many pay at once, because a verification reads one state of the database', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const { deps } = platform
    const { aBooking, fund, pay, askPayout } = stories(platform)
    const asha = (await platform.aMember()).id
    const members = await Promise.all(times(callers, async () => (await platform.aMember(asha)).id))
    const bookings = await Promise.all(members.map((member) => aBooking(member, { price: 300_000 })))
    for (const member of members) await fund(member, 300_000)
    await platform.settled()
    let isVerifying = true
    const counts = { payments: 0, whileVerifying: 0 }

    async function payUntilVerified(member: number, bookingId: number): Promise<void> {
      for (let n = 0; n < paymentsAtMost && (isVerifying || n < 1); n += 1) {
        await pay(member, bookingId, 500, { method: n % 2 === 0 ? 'online' : 'wallet' })
        if (n % 5 === 0) await askPayout(member, 1_000)
        counts.payments += 1
      }
    }

    async function verifyAgainAndAgain(): Promise<void> {
      try {
        for (let n = 0; n < verifications; n += 1) {
          const before = counts.payments
          expect(await verifyLedger(deps, options)).toEqual([])
          counts.whileVerifying += counts.payments - before
          expect(await verifyTree(deps, options)).toEqual([])
        }
      } finally {
        isVerifying = false
      }
    }

    await Promise.all([
      verifyAgainAndAgain(),
      ...members.map((member, at) => payUntilVerified(member, bookings[at]!.id)),
    ])
    expect(counts.whileVerifying).toBeGreaterThan(0)
    await platform.settled()
    await platform.expectClean()
  }, 120_000)
})
