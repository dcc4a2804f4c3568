import { addMessage } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { manualClock, systemIds } from '@ev/runtime'
import { expect, test } from 'vitest'
import { handledOnce } from '../handled-once.ts'
import { resendMessages } from './resend-messages.ts'

eachDatabase((_name, makeDatabase) => {
  const clock = manualClock(new Date('2026-11-20T06:00:00.000Z'))

  test('what one of its handlers has not handled is published again, nothing else', async () => {
    const { database: db } = await makeDatabase()
    const deps = { db, clock }
    const since = clock.now()
    const told = async (name: 'pair.matched' | 'payout.completed') => {
      const message = { id: systemIds.uuid(), name }
      await db.transaction((tx) => addMessage(tx, { ...message, payload: {}, now: clock.now() }))
      return message
    }
    const published = () =>
      db.transaction((tx) =>
        tx.outboxMessage.updateMany({ where: { publishedAt: null }, data: { publishedAt: clock.now(), attempts: 1 } }),
      )
    const before = await told('pair.matched')
    await published()
    const late = await told('pair.matched')
    clock.advance(1_000)
    const handled = await told('pair.matched')
    const halfHandled = await told('payout.completed')
    const lost = await told('pair.matched')
    await published()
    const waiting = await told('pair.matched')
    await handledOnce(deps, { handler: 'pairs.credit', message: handled }, async () => {})
    await handledOnce(deps, { handler: 'payouts.autofill-emi', message: halfHandled }, async () => {})

    expect(await resendMessages(deps, { since: new Date(since.getTime() + 1) })).toBe(3)
    const unpublished = await db.read.outboxMessage.findMany({ where: { publishedAt: null }, orderBy: { id: 'asc' } })
    const ids = unpublished.map(({ messageId }) => messageId)
    // The first was published before that moment; the late one was only written before it.
    expect(ids).toEqual([late.id, halfHandled.id, lost.id, waiting.id])
    expect(ids).not.toContain(before.id)
  })
})
