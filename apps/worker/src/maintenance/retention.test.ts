import { cleanUp, resendMessages, sweepFiles } from '@ev/application'
import { paymentOrders, sessions } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { newFileKey } from '@ev/runtime'
import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import { aQuietPlatform } from '../testing/a-platform.ts'
import { stories } from '../testing/stories.ts'

const dayMs = 86_400_000

eachDatabase((_name, makeDatabase) => {
  test('what has outlived its use goes when its time is over, not before; money, tax and tree need none of it', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const { deps, clock } = platform
    const { db } = deps
    const asha = await platform.aMember()
    const ravi = await platform.aMember(asha.id)
    const story = stories(platform)
    const booking = await story.aBooking(ravi.id, { price: 10_000 })
    await story.pay(ravi.id, booking.id, 10_000)
    await platform.settled()
    const now = clock.now()
    await db.transaction(async (tx) => {
      await sessions.insert(tx, {
        ...{ userId: asha.id, tokenId: deps.ids.uuid(), createdAt: now, lastUsedAt: now },
        expiresAt: new Date(now.getTime() + dayMs),
      })
      // Delivered by hand here, so nobody has marked them.
      await tx.outboxMessage.updateMany({ data: { publishedAt: now } })
      await paymentOrders.insertEvent(tx, { provider: 'razorpay', eventId: 'e1', eventType: 'payment.captured', now })
    })
    const counts = async () => ({
      messages: await db.read.outboxMessage.count(),
      sessions: await db.read.session.count(),
      events: await db.read.providerEvent.count(),
      records: await db.read.idempotencyRecord.count(),
      notices: await db.read.notification.count(),
    })
    const first = await counts()
    expect(Object.values(first).every((count) => count > 0)).toBe(true)
    const after = async (days: number) => {
      clock.advance(now.getTime() + days * dayMs - clock.now().getTime())
      await cleanUp(deps)
      return counts()
    }
    expect(await after(6)).toEqual(first)
    // Everything was handled, so publishing again finds nothing to do, with a moment from before what was removed as well.
    expect(await resendMessages(deps, { since: new Date(0) })).toBe(0)
    expect(await after(8)).toEqual({ ...first, messages: 0 })
    expect(await resendMessages(deps, { since: new Date(0) })).toBe(0)
    expect(await after(29)).toEqual({ ...first, messages: 0 })
    expect(await after(32)).toEqual({ ...first, messages: 0, events: 0, sessions: 0 })
    expect(await after(91)).toEqual({ messages: 0, events: 0, sessions: 0, records: 0, notices: first.notices })
    expect(await after(364)).toMatchObject({ notices: first.notices })
    expect(await after(366)).toMatchObject({ notices: 0 })
    await platform.expectClean()
  })

  test('what happened more than a year ago is told to nobody, when its message comes once more', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const ravi = await platform.aMember()
    await stories(platform).aBooking(ravi.id)
    await platform.settled()
    const [placed] = await platform.messages('booking.placed')
    platform.clock.advance(366 * dayMs)
    await cleanUp(platform.deps)
    await platform.deliver('notifications.deliver', placed!)
    expect(await platform.deps.db.read.notification.count()).toBe(0)
  })

  test('a file that no row names goes after a day, one that a row names never', async () => {
    const platform = await aQuietPlatform((await makeDatabase()).database)
    const { deps, clock } = platform
    const { id: userId } = await platform.aMember()
    const { id: vehicleId } = await stories(platform).aVehicle()
    const stored = async (folder: string, contentType: 'application/pdf' | 'image/webp' = 'application/pdf') => {
      const key = newFileKey({ folder, contentType, ids: deps.ids })
      await deps.files.put({ key, content: Buffer.from('%PDF-1.7'), contentType })
      return key
    }
    const papers = ['panDocument', 'aadhaarFront', 'aadhaarBack', 'bankPassbook'] as const
    const kyc = Object.fromEntries(await Promise.all(papers.map(async (name) => [name, await stored('kyc')] as const)))
    const picture = {
      fileKey: await stored('vehicles', 'image/webp'),
      thumbnailKey: await stored('vehicles/small', 'image/webp'),
    }
    const [document, proof] = [await stored('documents'), await stored('nominees')]
    const now = clock.now()
    await deps.db.transaction(async (tx) => {
      await tx.kyc.create({ data: { userId, submittedAt: now, ...kyc } })
      await tx.nominee.create({
        data: {
          ...{ userId, fullName: 'Mina', relationship: 'spouse', dateOfBirth: '1990-01-01', mobile: '+919876543210' },
          ...{ idProofDocument: proof, submittedAt: now, createdAt: now, updatedAt: now },
        },
      })
      await tx.complianceDocument.create({
        data: {
          userId,
          documentType: 'gst',
          title: 'GST',
          fileKey: document,
          contentType: 'application/pdf',
          sizeBytes: 8,
          uploadedAt: now,
        },
      })
      await tx.vehicleImage.create({
        data: { vehicleId, ...picture, contentType: 'image/webp', width: 1, height: 1, createdAt: now, updatedAt: now },
      })
    })
    const orphans = await Promise.all(times(3, () => stored('kyc')))
    const named = [...Object.values(kyc), ...Object.values(picture), document, proof]
    const kept = async (keys: readonly string[]) =>
      (await Promise.all(keys.map(async (key) => (await deps.files.get(key)) !== null))).filter(Boolean).length
    expect(await sweepFiles(deps)).toEqual({ looked: 11, deleted: 0 })
    clock.advance(dayMs + 1)
    const young = await stored('kyc')
    expect(await sweepFiles(deps)).toEqual({ looked: 12, deleted: 3 })
    expect([await kept(orphans), await kept(named), await kept([young])]).toEqual([0, 8, 1])
    expect(await sweepFiles(deps)).toEqual({ looked: 9, deleted: 0 })
  })

  test('a store that belongs to others loses nothing', async () => {
    const { deps, clock } = await aQuietPlatform((await makeDatabase()).database)
    for (const _ of times(101, () => null)) {
      const key = newFileKey({ folder: 'kyc', contentType: 'application/pdf', ids: deps.ids })
      await deps.files.put({ key, content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' })
    }
    clock.advance(dayMs + 1)
    expect(await sweepFiles(deps)).toEqual({ looked: 101, deleted: 0 })
  })
})
