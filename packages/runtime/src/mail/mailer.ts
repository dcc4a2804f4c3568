/**
 * What an SMS is made of when a gateway must send one of the texts that the operators approved: which text, and the one part of it that
 * varies.
 */
export type SmsContent = { template: 'code' | 'notice'; variable: string }

/** One message to one person. `to` is an e-mail address or a mobile number in E.164 form, as the channel says. */
export type Message = {
  channel: 'email' | 'sms'
  to: string
  subject: string
  text: string
  html?: string
  /** The same at every attempt to send the same message, so that the next hop can tell a repetition. Letters, digits and dashes. */
  id?: string
  sms?: SmsContent
}

/** Sends messages. Resolves when the next hop has taken the message; throws an ordinary Error when it did not. */
export type Mailer = { send(message: Message): Promise<void> }

/** Sends each message by the mailer of its channel. */
export function mailerByChannel(mailers: { email: Mailer; sms: Mailer }): Mailer {
  return { send: (message) => mailers[message.channel].send(message) }
}
