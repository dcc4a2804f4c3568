import { times } from '@ev/testing'
import { expect, test } from 'vitest'
import type { Joined } from '../members.ts'
import { type Answer, type AttackedPlatform, outcomes } from './attacked-platform.ts'

export const online = (amount: unknown) => ({ amount, payment_method: 'online' })
const cash = (amount: unknown) => ({ amount, payment_method: 'cash' })
const fromWallet = (amount: unknown) => ({ amount, payment_method: 'wallet' })

export function attackPayments(platform: () => AttackedPlatform): void {
  const paymentsOf = (bookingId: number) => platform().stack.db.read.payment.count({ where: { bookingId } })
  const aBooking = async (by: Joined, price: number): Promise<number> =>
    Number((await platform().book(by, await platform().aVehicle({ price }))).body['id'])
  /** What no payment may change. */
  const moneyOf = async (by: Joined, id: number) => {
    const { booking, wallet } = platform()
    const { total_paid, remaining_amount, status } = await booking(by, id)
    return { total_paid, remaining_amount, status, payments: await paymentsOf(id), wallet: await wallet(by) }
  }

  test('31: a hundred payments of the last rupee are taken once', async () => {
    const { aMember, atOnce, booking, pay } = platform()
    const member = await aMember()
    const id = await aBooking(member, 1_000)
    await pay(member, id, online(999))
    expect(outcomes(await atOnce(() => pay(member, id, online(1))))).toEqual({ 201: 1, '409 booking.closed': 99 })
    expect(await booking(member, id)).toMatchObject({ status: 'completed', total_paid: '1000.00' })
    expect(await paymentsOf(id)).toBe(2)
  })

  test('31: and of the wallet’s last rupee once, whatever it is for', async () => {
    const { aMember, atOnce, deposit, pay, stack, wallet } = platform()
    const member = await aMember()
    await deposit(member, 500)
    const ids = await Promise.all(times(4, () => aBooking(member, 1_000)))
    const answers = await atOnce((n) => pay(member, ids[n % 4]!, fromWallet(500)))
    expect(outcomes(answers)).toEqual({ 201: 1, '400 wallet.insufficient': 99 })
    expect(await wallet(member)).toMatchObject({ balance: '0.00', available: '0.00' })
    expect(await stack.db.read.payment.count({ where: { userId: member.id } })).toBe(1)
  })

  test('33: a booking that is expired, cancelled or completed takes no payment, in whatever way', async () => {
    const { aMember, atOnce, deposit, pay, send, staff, stack } = platform()
    const member = await aMember()
    await deposit(member, 100)
    const [expired, cancelled, completed] = await Promise.all(times(3, () => aBooking(member, 1_000)))
    await pay(member, completed!, online(1_000))
    await send('POST', `/booking/bookings/${cancelled}/cancel/`, { by: member, body: { reason: 'Changed my mind' } })
    await stack.db.transaction((tx) =>
      tx.booking.updateMany({ where: { id: expired! }, data: { expiresAt: new Date('2026-01-01T00:00:00Z') } }),
    )
    const targets: [number, string][] = [
      [expired!, '409 booking.expired'],
      [cancelled!, '409 booking.closed'],
      [completed!, '409 booking.closed'],
    ]
    for (const [id, refusal] of targets) {
      const before = await moneyOf(member, id)
      const ways: (() => Promise<Answer>)[] = [
        () => pay(member, id, online(1)),
        () => pay(member, id, cash(1)),
        () => pay(member, id, fromWallet(1)),
        () => pay(staff, id, cash(1)),
        () => send('POST', `/booking/bookings/${id}/payment-order/`, { by: member, body: { amount: 1 } }),
      ]
      expect(outcomes(await atOnce((n) => ways[n % ways.length]!()))).toEqual({ [refusal]: 100 })
      expect({ ...(await moneyOf(member, id)), status: null }).toEqual({ ...before, status: null })
    }
  })

  test('34: price and state are the server’s, whatever the client says', async () => {
    const { aMember, aVehicle, book } = platform()
    const member = await aMember()
    const vehicle = await aVehicle({ price: 50_000 })
    for (const total_amount of ['1.00', '49999.99', '50000.01']) {
      const { status, body } = await book(member, vehicle, { total_amount })
      expect([status, body['code']]).toEqual([400, 'booking.total_differs'])
    }
    const claims = { price: '1.00', total_paid: '50000.00', remaining_amount: '0.00', tax: '0.00', status: 'completed' }
    const { body } = await book(member, vehicle, claims)
    expect(body).toMatchObject({ total_amount: '50000.00', total_paid: '0.00', status: 'pending' })
    expect(body).not.toHaveProperty('tax')
  })

  test('a member’s own cash moves no money, said a hundred times and confirmed by themselves', async () => {
    const { aMember, atOnce, pay, send, stack } = platform()
    const member = await aMember()
    const id = await aBooking(member, 100_000)
    const before = await moneyOf(member, id)
    const said = await atOnce(() => pay(member, id, { ...cash(1_000), status: 'completed' }))
    expect(outcomes(said)).toEqual({ 201: 100 })
    expect(said.filter(({ body }) => body['status'] !== 'pending')).toEqual([])
    const confirmed = await atOnce((n) =>
      send('POST', `/booking/payments/${said[n]!.body['id']}/confirm/`, { by: member, body: {} }),
    )
    expect(outcomes(confirmed)).toEqual({ '403 auth.forbidden': 100 })
    expect(await moneyOf(member, id)).toEqual({ ...before, payments: 100 })
    expect(await stack.db.read.journalLine.count({ where: { bookingId: id } })).toBe(0)
  })

  test('40: the last unit goes to one of a hundred bookings', async () => {
    const { aVehicle, atOnce, book, members, stack } = platform()
    const buyers = await members(10)
    const vehicle = await aVehicle({ price: 100_000, stock: 1 })
    const answers = await atOnce((n) => book(buyers[n % buyers.length]!, vehicle))
    expect(outcomes(answers)).toEqual({ 201: 1, '409 vehicle.out_of_stock': 99 })
    const { read } = stack.db
    expect(await read.vehicle.findUniqueOrThrow({ where: { id: vehicle } })).toMatchObject({ stockQuantity: 0 })
    expect(await read.booking.count({ where: { vehicleId: vehicle } })).toBe(1)
    const moved = await read.stockMovement.findMany({ where: { vehicleId: vehicle }, orderBy: { id: 'asc' } })
    expect(moved.map(({ reason, delta }) => [reason, delta])).toEqual([
      ['initial', 1],
      ['reservation', -1],
    ])
  })
}
