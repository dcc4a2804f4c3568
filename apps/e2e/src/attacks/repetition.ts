import { expect, test } from 'vitest'
import { type Answer, type AttackedPlatform, outcomes } from './attacked-platform.ts'
import { online } from './payments.ts'
import { payoutOf } from './payouts.ts'

export function attackByRepetition(platform: () => AttackedPlatform): void {
  /** Sends one request with one key a hundred times, and a hundred times more when it is done: there is one answer. */
  async function expectOneAnswer(send: () => Promise<Answer>): Promise<Answer['body']> {
    const first = await platform().atOnce(send)
    const { '201': done = 0, '409 idempotency.in_progress': waiting = 0, ...others } = outcomes(first)
    expect([others, done + waiting, done > 0]).toEqual([{}, 100, true])
    expect(first.filter(({ status, isReplayed }) => status === 201 && !isReplayed)).toHaveLength(1)
    const { body } = first.find(({ status }) => status === 201)!
    const again = await platform().atOnce(send)
    const { '201': replayed = 0, '409 idempotency.in_progress': met = 0, ...strange } = outcomes(again)
    expect([strange, replayed + met, replayed > 0]).toEqual([{}, 100, true])
    const answered = [...first, ...again].filter(({ status }) => status === 201)
    expect(answered.filter((answer) => JSON.stringify(answer.body) !== JSON.stringify(body))).toEqual([])
    expect(again.filter(({ status, isReplayed }) => status === 201 && !isReplayed)).toEqual([])
    return body
  }

  const reused = ({ status, body }: Answer) => [status, body['code']]
  const keyReused = [409, 'idempotency.key_reused']

  test('32: one key a hundred times over all processes books once; another body is refused, another member’s key is another', async () => {
    const { aMember, aVehicle, book, stack } = platform()
    const [member, other] = [await aMember(), await aMember()]
    const vehicle = await aVehicle({ price: 100_000, stock: 5 })
    const { id } = await expectOneAnswer(() => book(member, vehicle, { key: 'hundred' }))
    expect(reused(await book(member, vehicle, { key: 'hundred', booking_amount: 501 }))).toEqual(keyReused)
    const { status, body } = await book(other, vehicle, { key: 'hundred' })
    expect([status, body['id'] !== id, body['user']]).toEqual([201, true, other.id])
    const { read } = stack.db
    expect(await read.booking.count({ where: { vehicleId: vehicle } })).toBe(2)
    expect((await read.vehicle.findUniqueOrThrow({ where: { id: vehicle } })).stockQuantity).toBe(3)
  })

  test('32: pays once', async () => {
    const { aMember, aVehicle, book, booking, pay, stack } = platform()
    const member = await aMember()
    const id = Number((await book(member, await aVehicle({ price: 100_000 }))).body['id'])
    await expectOneAnswer(() => pay(member, id, online(700), 'hundred'))
    expect(reused(await pay(member, id, online(701), 'hundred'))).toEqual(keyReused)
    expect(await booking(member, id)).toMatchObject({ total_paid: '700.00' })
    expect(await stack.db.read.payment.count({ where: { bookingId: id } })).toBe(1)
  })

  test('32: asks for one payout', async () => {
    const { aMember, deposit, send, stack, wallet } = platform()
    const [member, other] = [await aMember(), await aMember()]
    for (const each of [member, other]) await deposit(each, 1_000)
    const ask = (amount: number, by = member) =>
      send('POST', '/payout/', { by, body: payoutOf(amount), key: 'hundred' })
    await expectOneAnswer(() => ask(10))
    expect(reused(await ask(11))).toEqual(keyReused)
    expect((await ask(10, other)).isReplayed).toBe(false)
    for (const each of [member, other]) expect(await wallet(each)).toMatchObject({ held: '10.00' })
    expect(await stack.db.read.payout.count({ where: { userId: { in: [member.id, other.id] } } })).toBe(2)
  })
}
