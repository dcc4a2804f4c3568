import { isRecorded, notifications, onceInside, users } from '@ev/db'
import type { EnvelopeOf } from '@ev/messaging'
import type { Deps } from '../deps.ts'
import { handlerKey } from '../handled-once.ts'
import { companyMail } from '../mail/company-mail.ts'
import { companyOf } from '../settings/company.ts'

type Channel = 'email' | 'sms'

const handlers = { email: 'notifications.send-email', sms: 'notifications.send-sms' } as const

/** Where a member wants notifications to go beside the app; null when not there. */
export function addressFor(
  member: Pick<users.User, 'email' | 'mobile' | 'notifyByEmail' | 'notifyBySms' | 'isActive'>,
  channel: Channel,
): string | null {
  if (!member.isActive) return null
  if (channel === 'email') return member.notifyByEmail ? member.email : null
  return member.notifyBySms ? member.mobile : null
}

/** Longer than any server takes to answer; whoever began to send and vanished is then taken for dead. */
const sendingForMs = 2 * 60_000
/** Longer than a message whose sending could not be written down waits for its next attempts. */
const sentForMs = 24 * 60 * 60_000

/**
 * Sends a notification by one channel, if its member still wants that. A server cannot be asked within a transaction, so what was sent is
 * written down after it: a redelivered message, and a second worker with the same one, find either that record or the mark in the cache. Should
 * both be lost after the server took it, it is sent again with the same id, by which a mail server can tell.
 */
export async function sendNotification(
  deps: Pick<Deps, 'db' | 'clock' | 'cache' | 'mailer' | 'log'>,
  { channel, message }: { channel: Channel; message: EnvelopeOf<'notifications.send-email'> },
): Promise<void> {
  const { db, clock } = deps
  const key = handlerKey(handlers[channel], message, clock.now())
  if (await isRecorded(db.read, key)) return
  const notification = await notifications.get(db.read, message.payload.notificationId)
  const to = addressFor(await users.get(db.read, notification.userId), channel)
  if (to !== null) await sendUnlessSent(deps, { channel, to, notification })
  await db.transaction(async (tx) => {
    await onceInside(tx, key)
  })
}

async function sendUnlessSent(
  { db, cache, mailer, log }: Pick<Deps, 'db' | 'cache' | 'mailer' | 'log'>,
  { channel, to, notification }: { channel: Channel; to: string; notification: notifications.NotificationRow },
): Promise<void> {
  const { id, title, message: text } = notification
  const mark = `notification:${id}:${channel}`
  if (!(await cache.setIfAbsent(mark, 'sending', sendingForMs))) {
    if ((await cache.get(mark)) === 'sent') return
    throw new Error(`Notification ${id} is being sent by ${channel}.`)
  }
  try {
    const content =
      channel === 'email'
        ? companyMail({ subject: title, title, paragraphs: [text] }, await companyOf(db.read))
        : { subject: title, text: `${title}: ${text}`, sms: { template: 'notice', variable: title } as const }
    await mailer.send({ channel, to, id: `notification-${id}-${channel}`, ...content })
  } catch (error) {
    await cache.delete(mark)
    throw error
  }
  try {
    await cache.set(mark, 'sent', sentForMs)
  } catch (error) {
    // It was sent; the record that follows says so too.
    log.warn({ err: error, notificationId: id, channel }, 'A sent notification could not be marked in the cache')
  }
}
