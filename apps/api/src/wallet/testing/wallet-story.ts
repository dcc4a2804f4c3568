import { bookingStories, online } from '../../bookings/testing/stories.ts'
import { bookingOf, type Caller, type TestApi } from '../../testing/an-api.ts'

export const bank = {
  bank_name: 'HDFC Bank',
  account_number: '50100123456789',
  ifsc_code: 'HDFC0001234',
  account_holder_name: 'Asha Rao',
}

export type WalletStory = {
  readonly admin: Caller
  /** Who earns, and whose wallet has a row of every kind but a refund. */
  readonly asha: Caller
  /** Who was referred, pays, and is refunded. */
  readonly ravi: Caller
  readonly people: readonly Caller[]
}

/** A story in which every kind of row of a statement is written, in steps; what a worker does about each has been done when it ends. */
export async function walletStory(
  api: TestApi,
  { afterEachStep }: { afterEachStep(people: readonly Caller[]): Promise<void> },
): Promise<WalletStory> {
  const story = bookingStories(api)
  const admin = await api.aColleague('admin')
  const asha = await api.login('asha@example.com')
  const people: Caller[] = [asha]
  const step = async (what: () => Promise<unknown>) => {
    const done = await what()
    await api.settle()
    await afterEachStep(people)
    return done
  }
  const send = async (path: string, by: Caller, body: object = {}) => {
    const answer = await api.post(path, by, body)
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const named = async (name: string) => {
    const email = `${name.toLowerCase().replace(' ', '-')}@example.com`
    const member = await api.login(email, { referralCode: asha.referralCode })
    const profile = api.http.patch('/api/users/update_profile/').set('Authorization', member.authorization)
    await profile.send({ first_name: name }).expect(200)
    return member
  }
  const available = async (of: Caller) => (await story.wallet(of)).available
  const give = (amount: number | string) =>
    send('/api/wallet/deposit/', admin, { user: asha.id, amount, reason: 'Cash received at the office' })
  const adjust = (amount: number | string, reason: string) =>
    send('/api/wallet/adjust/', admin, { user: asha.id, amount, reason })
  const payOut = async (amount: string, more: object = {}) => {
    const { id } = await send('/api/payout/', asha, { requested_amount: amount, ...bank, ...more })
    await send(`/api/payout/${id}/process/`, admin)
  }
  const refund = (payment: number, amount?: string) =>
    send(`/api/booking/payments/${payment}/refund/`, admin, { reason: 'Goodwill', ...(amount && { amount }) })

  // An EMI booking that owes ₹60 more, and fourteen members: seven pairs, of which the sixth pays the ₹60.
  const vehicle = await api.aVehicle({ price: 1_000, name: 'Vayu Mini' })
  await step(async () => {
    const emi = { payment_option: 'emi_options', emi_duration_months: 2 }
    const { id } = await send('/api/booking/bookings/', asha, bookingOf(vehicle, emi))
    await story.paid(asha, id, online(940))
  })
  const ravi = await named('Ravi')
  people.push(ravi)
  for (let n = 2; n <= 14; n += 1) {
    await named(`Member ${n}`)
    if (n % 2 === 0) await step(async () => {})
  }

  // Ravi pays, from outside and from his wallet, and a part goes back.
  const booking = await story.aBooking(ravi)
  const paid = Number(await step(() => story.paid(ravi, booking, online('5000.00'))))
  await step(() => refund(paid, '2000.00'))
  const fromWallet = Number(await step(() => story.paid(ravi, booking, { amount: '500.00', payment_method: 'wallet' })))

  // The office puts money in and corrects it; Asha books again and has money paid out.
  await step(() => give('1000.00'))
  await step(() => adjust('-50.00', 'Counted twice'))
  await step(() => adjust('70.00', 'Counted once too few'))
  await step(() => story.aBooking(asha, { payment_option: 'emi_options', emi_duration_months: 12 }, { price: 50_000 }))
  await step(() => payOut('3000.00', { emi_auto_filled: true }))
  await step(async () => payOut(await available(asha)))

  // All that Ravi paid goes back, when the bonuses have left the wallet; what Asha earns later pays for them.
  await step(() => refund(paid))
  await step(() => refund(fromWallet))
  await step(() => give('100.00'))
  const second = await story.aBooking(ravi)
  await step(() => story.paid(ravi, second, online('6000.00')))
  await step(() => story.cancel(ravi, second))
  await step(async () => {
    const late = await story.aBooking(ravi)
    const order = await send(`/api/booking/bookings/${late}/payment-order/`, ravi, { amount: '800.00' })
    await story.cancel(ravi, late)
    await send('/api/booking/payments/verify/', ravi, order.sandbox_checkout)
  })
  return { admin, asha, ravi, people }
}
