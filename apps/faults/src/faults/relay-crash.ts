import { messageKeyHash } from '@ev/application'
import { type PlainConnection, withConnection } from '@ev/db/testing'
import { until } from '@ev/testing'
import { shown, underLoad } from '../fault.ts'
import { longestWaitMs } from '../longest-wait.ts'
import { oneOfEach, services } from './stacks-of-faults.ts'

const createTrigger = (lock: string) => `
CREATE TRIGGER hold_marks BEFORE UPDATE ON outbox_messages FOR EACH ROW
BEGIN
  IF NEW.published_at IS NOT NULL AND OLD.published_at IS NULL THEN
    DO GET_LOCK('${lock}', 300);
    DO RELEASE_LOCK('${lock}');
  END IF;
END`

/** The connections that wait for the lock: relays that have their confirms and cannot write them down. */
const waiters = ({ query }: PlainConnection, database: string) =>
  query(`SELECT id FROM information_schema.processlist WHERE db = ? AND state = 'User lock'`, [database])

/** Marking a message as published is made to wait; when its handlers have handled it already, the relays die. */
export const relayDiesBeforeItsMark = underLoad({
  letter: 'c',
  title: 'kill -9 the relay between confirm and mark',
  on: services,
  open: oneOfEach,
  harm: ({ apis, workers, db, databaseUrl }, _load, { progress }) =>
    withConnection(databaseUrl, async (connection) => {
      const { query } = connection
      const database = new URL(databaseUrl).pathname.slice(1)
      const lock = `hold_${database}`
      await query('SELECT GET_LOCK(?, 0)', [lock])
      await query(createTrigger(lock))
      const deliveredUnmarked = async () => {
        const unmarked = await db.read.outboxMessage.findMany({
          where: { publishedAt: null },
          select: { messageId: true },
        })
        const keyHash = { in: unmarked.map(({ messageId }) => messageKeyHash(messageId)) }
        return db.read.idempotencyRecord.count({ where: { keyHash, scope: { startsWith: 'handler:' } } })
      }
      await until(
        async () => {
          const waiting = (await waiters(connection, database)).length
          const delivered = await deliveredUnmarked()
          progress(`${waiting} relays wait to mark, ${delivered} of their messages are handled`)
          return waiting >= 2 && delivered > 0
        },
        { timeoutMs: longestWaitMs },
      )
      await Promise.all([...apis, ...workers].map((each) => each.kill()))
      const delivered = await deliveredUnmarked()
      for (const { id } of await waiters(connection, database)) await query(`KILL ${Number(id)}`)
      await query('SELECT RELEASE_LOCK(?)', [lock])
      await query('DROP TRIGGER hold_marks')
      await Promise.all([...apis, ...workers].map((each) => each.start()))
      return shown(delivered > 0, `2 relays killed; ${delivered} deliveries of unmarked messages were handled already`)
    }),
})
