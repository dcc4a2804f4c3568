import type { Result } from '../benchmark.ts'
import { type BareServer, withBareServer } from './bare/bare-server.ts'
import type { BareAnswer } from './bare/protocol.ts'
import { type Callers, createCallers } from './load.ts'
import type { LoggedIn } from './log-in.ts'
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
import { type Reading, readingAsk, readings } from './scenarios.ts'

/** Reads every page of the benchmark in turn with the same answer of bare Express. */
export async function measureReadings(measuring: Measuring): Promise<Result[]> {
  const reader = measuring.loggedIn.get(measuring.stack.story.reader)!
  const answers = await bareAnswers(measuring.callers, reader)
  return withBareServer({ databaseUrl: measuring.stack.databaseUrl, answers }, async (server) => {
    const callers = createCallers({ ports: [server.port], count: callerCount })
    try {
      const results: Result[] = []
      for (const reading of readings) {
        measuring.progress(reading.name)
        results.push(await measure(measuring, { reading, reader, bare: { server, callers } }))
      }
      return results
    } finally {
      callers.close()
    }
  })
}

async function bareAnswers(callers: Callers, reader: LoggedIn): Promise<BareAnswer[]> {
  const answers: BareAnswer[] = []
  for (const reading of readings) {
    if (reading.bare === null) continue
    const { statements } = reading.bare
    const body = await callers.ask(readingAsk(reading, reader))
    answers.push({
      name: reading.name,
      body,
      read: statements === null ? null : { statements, sessionId: reader.sessionId },
    })
  }
  return answers
}

async function measure(
  measuring: Measuring,
  { reading, reader, bare }: { reading: Reading; reader: LoggedIn; bare: { server: BareServer; callers: Callers } },
): Promise<Result> {
  const { reads, rounds } = measuring.sizes
  const ask = () => readingAsk(reading, reader)
  const bareAsk = () => ({ method: 'GET', path: `/${reading.name}`, status: 200 }) as const
  const bareSide = { callers: bare.callers, pids: [bare.server.pid] }
  let platform: Load = nothing
  let limit: Load = nothing
  for (let round = 0; round <= rounds; round += 1) {
    // The first round only warms up.
    const count = Math.ceil(reads / rounds)
    const ours = await loaded(measuring, ask, { count })
    const theirs = reading.bare === null ? nothing : await loaded(bareSide, bareAsk, { count })
    if (round === 0) continue
    platform = together(platform, ours)
    limit = together(limit, theirs)
  }
  const value = perSecond(platform)
  const most = reading.bare === null ? null : perSecond(limit)
  return {
    name: nameOn(measuring, reading.name, 'sqlite'),
    value,
    unit: 'requests/s',
    limit: most,
    ratio: most === null ? null : value / most,
    cpuMsPerOp: cpuMsPerOp(platform),
    aim: reading.aim,
  }
}
