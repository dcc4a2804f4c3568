import type { Result } from '../benchmark.ts'
import { type BareServer, withBareServer } from './bare/bare-server.ts'
import {
  callerCount,
  cpuMsPerOp,
  type Load,
  loaded,
  type Measuring,
  nameOn,
  nothing,
  perSecond,
  together,
} from './measuring.ts'
import { bookingAsk, creating, type OpenBooking, paying, paymentAsk } from './scenarios.ts'

/** Makes bookings, then pays towards each of them once; on MySQL in turn with the bare driver, which pays towards others. */
export async function measureWrites(measuring: Measuring): Promise<Result[]> {
  measuring.progress(creating.name)
  const { created, bookings } = await createBookings(measuring)
  measuring.progress(paying.name)
  const half = Math.floor(bookings.length / 2)
  const [own, others] = [bookings.slice(0, half), bookings.slice(half).map(({ id }) => id)]
  const hasDriver = measuring.stack.kind === 'mariadb'
  const { paid, limit } = hasDriver
    ? await withBareServer({ databaseUrl: measuring.stack.databaseUrl, answers: [] }, (server) =>
        payInTurn(measuring, { own, others, server }),
      )
    : await payInTurn(measuring, { own, others, server: null })
  const most = limit === nothing ? null : perSecond(limit)
  const value = perSecond(paid)
  return [
    {
      name: nameOn(measuring, creating.name, 'mariadb'),
      value: perSecond(created),
      unit: 'requests/s',
      limit: null,
      ratio: null,
      cpuMsPerOp: cpuMsPerOp(created),
      aim: creating.aim,
    },
    {
      name: nameOn(measuring, paying.name, 'mariadb'),
      value,
      unit: 'requests/s',
      limit: most,
      ratio: most === null ? null : value / most,
      cpuMsPerOp: cpuMsPerOp(paid),
      aim: paying.aim,
    },
  ]
}

async function createBookings(measuring: Measuring): Promise<{ created: Load; bookings: OpenBooking[] }> {
  const { stack, loggedIn, sizes } = measuring
  const owners = new Map([...loggedIn].map(([email, { authorization }]) => [email, authorization]))
  const bookings: OpenBooking[] = []
  const ask = (n: number) => bookingAsk(stack.story, loggedIn, n)
  const answered = (body: string) => {
    const { id, user_email } = JSON.parse(body) as { id: number; user_email: string }
    bookings.push({ id, authorization: owners.get(user_email)! })
  }
  await loaded(measuring, ask, { count: sizes.writes, answered })
  const created = await loaded(measuring, ask, { count: 2 * sizes.writes, answered })
  return { created, bookings }
}

async function payInTurn(
  measuring: Measuring,
  { own, others, server }: { own: readonly OpenBooking[]; others: readonly number[]; server: BareServer | null },
): Promise<{ paid: Load; limit: Load }> {
  const rounds = measuring.sizes.rounds + 1
  const share = Math.floor(own.length / rounds)
  let paid: Load = nothing
  let limit: Load = nothing
  for (let round = 0; round < rounds; round += 1) {
    const from = round * share
    const ours = await loaded(measuring, (n) => paymentAsk(own[from + n]!), { count: share })
    const bookingIds = others.slice(from, from + share)
    const theirs = server && (await server.pay({ bookingIds, callers: callerCount }))
    // The first round only warms up.
    if (round === 0) continue
    paid = together(paid, ours)
    if (theirs) limit = together(limit, { ...theirs, operations: share })
  }
  return { paid, limit }
}
