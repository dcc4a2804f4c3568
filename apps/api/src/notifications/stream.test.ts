import { request as httpRequest } from 'node:http'
import { notifications } from '@ev/db'
import { eachDatabase } from '@ev/db/testing'
import { times, until } from '@ev/testing'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { type ApiOptions, startApi } from '../api.ts'
import { apiConfig, apiOptions } from '../env.ts'
import { anApi, type Caller, type TestApi } from '../testing/an-api.ts'

type Event = { readonly id: number; readonly event: string; readonly data: { id: number; title: string } }

eachDatabase((_name, makeDatabase) => {
  let api: TestApi
  const closers: (() => Promise<void>)[] = []
  beforeAll(async () => {
    api = await anApi((await makeDatabase()).database)
  })
  afterEach(async () => {
    for (const close of closers.splice(0)) await close()
  })

  /** A process of the API, listening. */
  async function aProcess(streams: Partial<ApiOptions['notificationStreams']> = {}) {
    const { deps, mailbox } = api
    const secrets = {
      jwtKeys: [{ id: 'k1', secret: 'a test signing key of 32 bytes or so' }],
      hashKey: '',
      encryptionKeys: [],
    }
    const options = {
      ...apiOptions(apiConfig.parse({ NODE_ENV: 'test', RATE_LIMIT_ENABLED: 'false' })),
      measuresProcess: false,
      notificationStreams: {
        pollMs: 20,
        sessionCheckMs: 20,
        heartbeatMs: 30,
        perMember: 3,
        perProcess: 5,
        ...streams,
      },
    }
    const running = await startApi(
      { deps, mailbox, secrets, checks: [], transport: api.transport },
      { ...options, host: '127.0.0.1', port: 0 },
    )
    let closing: Promise<void> | null = null
    const close = () => {
      closing ??= running.close()
      return closing
    }
    closers.push(close)
    return { address: `http://127.0.0.1:${running.port}/api/notifications/stream/`, close }
  }

  /** Opens a stream and collects what comes. */
  async function open(
    { address }: { address: string },
    by: Caller,
    { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
  ) {
    const abort = new AbortController()
    const response = await fetch(`${address}${query}`, {
      headers: { Authorization: by.authorization, ...headers },
      signal: abort.signal,
    })
    let text = ''
    let hasEnded = false
    const reading = (async () => {
      const decoder = new TextDecoder()
      try {
        for await (const chunk of response.body!) text += decoder.decode(chunk as Uint8Array, { stream: true })
      } catch {
        // The client has gone, or was cut off.
      }
      hasEnded = true
    })()
    const leave = async () => {
      abort.abort()
      await reading
    }
    closers.unshift(leave)
    return {
      response,
      leave,
      text: () => text,
      hasEnded: () => hasEnded,
      ended: () => until(async () => hasEnded, { timeoutMs: 5_000 }),
      events: () => parse(text),
      /** Resolves when so many events came. */
      got: async (count: number) => {
        await until(async () => parse(text).length >= count, { timeoutMs: 5_000 })
        return parse(text)
      },
    }
  }

  function parse(text: string): Event[] {
    return text
      .split('\n\n')
      .slice(0, -1)
      .filter((block) => block.startsWith('id: '))
      .map((block) => {
        const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s).slice(0, 2)))
        return { id: Number(fields['id']), event: fields['event'], data: JSON.parse(fields['data']) }
      })
  }

  let made = 0
  async function notify(to: Caller, title = 'News'): Promise<number> {
    made += 1
    const dedupeKey = `test:${made}`
    const row = await api.deps.db.transaction((tx) =>
      notifications.insert(tx, {
        userId: to.id,
        dedupeKey,
        notificationType: 'test',
        title,
        message: 'Line one\nline two',
        createdAt: api.clock.now(),
      }),
    )
    return row.id
  }

  /** A stream is live once what is sent to it arrives. */
  async function live(stream: Awaited<ReturnType<typeof open>>, to: Caller): Promise<void> {
    const before = stream.events().length
    await notify(to, 'first')
    await stream.got(before + 1)
  }

  test('a member sees a notification as it comes, with its id, whichever process is asked, and nobody else’s', async () => {
    const [member, other] = [await api.aMember(), await api.aMember()]
    const [one, two] = [await aProcess(), await aProcess()]
    const streams = [await open(one, member), await open(two, member)]
    const foreign = await open(one, other)
    expect(streams[0]!.response.headers.get('content-type')).toContain('text/event-stream')
    expect(streams[0]!.response.headers.get('cache-control')).toBe('no-store')
    await Promise.all([...streams.map((stream) => live(stream, member)), live(foreign, other)])
    const before = foreign.events().length
    const id = await notify(member, 'For you')
    for (const stream of streams) {
      await until(async () => stream.events().some((event) => event.id === id), { timeoutMs: 5_000 })
      expect(stream.events().at(-1)).toEqual({
        id,
        event: 'notification',
        data: expect.objectContaining({ id, title: 'For you', message: 'Line one\nline two', is_read: false }),
      })
    }
    const last = await notify(other, 'Not for you')
    await until(async () => foreign.events().some((event) => event.id === last), { timeoutMs: 5_000 })
    expect(foreign.events()).toHaveLength(before + 1)
    expect(foreign.text()).not.toContain('For you')
  })

  test('a client that comes back gets what it missed, once, and then what comes', async () => {
    const member = await api.aMember()
    const process = await aProcess({ perMember: 9, perProcess: 9 })
    const ids = [await notify(member, 'a'), await notify(member, 'b'), await notify(member, 'c')]
    const byHeader = await open(process, member, { headers: { 'Last-Event-ID': String(ids[0]) } })
    const byQuery = await open(process, member, { query: `?last_event_id=${ids[1]}` })
    const fromNow = await open(process, member)
    expect((await byHeader.got(2)).map(({ id }) => id)).toEqual(ids.slice(1))
    expect((await byQuery.got(1)).map(({ id }) => id)).toEqual(ids.slice(2))
    const more = await Promise.all(times(20, () => notify(member, 'd')))
    const sorted = [...more].sort((a, b) => a - b)
    expect((await byHeader.got(22)).map(({ id }) => id)).toEqual([...ids.slice(1), ...sorted])
    expect((await byQuery.got(21)).map(({ id }) => id)).toEqual([...ids.slice(2), ...sorted])
    expect((await fromNow.got(20)).map(({ id }) => id)).toEqual(sorted)
    for (const nonsense of ['x', '-1', '1e99', '999999999999']) {
      const stream = await open(process, member, { headers: { 'Last-Event-ID': nonsense } })
      await live(stream, member)
      expect(stream.events()).toHaveLength(1)
      await stream.leave()
    }
  })

  test('a client that missed very much gets it in several connections', async () => {
    const member = await api.aMember()
    const process = await aProcess()
    await api.deps.db.transaction((tx) =>
      tx.notification.createMany({
        data: times(501, (n) => ({
          userId: member.id,
          dedupeKey: `many:${member.id}:${n}`,
          notificationType: 'test',
          title: String(n),
          message: '',
          createdAt: api.clock.now(),
        })),
      }),
    )
    const first = await open(process, member, { query: '?last_event_id=0' })
    await first.ended()
    expect(first.events()).toHaveLength(500)
    const second = await open(process, member, { query: `?last_event_id=${first.events().at(-1)!.id}` })
    expect((await second.got(1)).map(({ data }) => data.title)).toEqual(['500'])
    expect(second.hasEnded()).toBe(false)
  })

  test('silence is broken by heartbeats', async () => {
    const stream = await open(await aProcess(), await api.aMember())
    await until(async () => stream.text().split(': still here\n\n').length > 2, { timeoutMs: 5_000 })
    expect(stream.text()).toMatch(/^retry: 3000\n\n/)
  })

  test('it ends with the session, the account, the role and the token', async () => {
    const { db } = api.deps
    const process = await aProcess({ perProcess: 50 })
    const endings: ((member: Caller) => Promise<unknown>)[] = [
      (member) =>
        api.http
          .post('/api/auth/logout/')
          .set('Authorization', member.authorization)
          .send({ refresh: member.refresh })
          .expect(200),
      ({ id }) => db.transaction((tx) => tx.user.update({ where: { id }, data: { isActive: false } })),
      ({ id }) => db.transaction((tx) => tx.user.update({ where: { id }, data: { role: 'staff' } })),
    ]
    for (const end of endings) {
      const [member, other] = [await api.aMember(), await api.aMember()]
      const [stream, staying] = [await open(process, member), await open(process, other)]
      await live(stream, member)
      await end(member)
      await stream.ended()
      await live(staying, other)
      expect(staying.hasEnded()).toBe(false)
    }
    const stream = await open(process, await api.aMember())
    const hourMs = 3_600_000
    api.clock.advance(hourMs)
    await stream.ended()
    api.clock.advance(-hourMs)
  })

  test('a member and a process hold only so many open, and places are given back', async () => {
    const [member, other, third] = [await api.aMember(), await api.aMember(), await api.aMember()]
    const process = await aProcess()
    const own = await Promise.all(times(10, () => open(process, member)))
    const admitted = own.filter(({ response }) => response.status === 200)
    expect(admitted).toHaveLength(3)
    const refused = own.find(({ response }) => response.status !== 200)!
    await refused.ended()
    expect(refused.response.status).toBe(429)
    expect(JSON.parse(refused.text())).toMatchObject({ code: 'notification.too_many_streams' })
    for (const _ of times(2, () => 0)) expect((await open(process, other)).response.status).toBe(200)
    expect((await open(process, third)).response.status).toBe(503)
    await admitted[0]!.leave()
    await until(async () => (await open(process, member)).response.status === 200, { timeoutMs: 5_000 })
  })

  test('nobody without a log-in gets one, and HEAD leaves none open', async () => {
    const process = await aProcess({ perMember: 1 })
    expect((await fetch(process.address)).status).toBe(401)
    const member = await api.aMember()
    const status = await new Promise((resolve, reject) => {
      const head = httpRequest(
        process.address,
        { method: 'HEAD', headers: { Authorization: member.authorization } },
        (response) => {
          response.resume()
          response.on('end', () => resolve(response.statusCode))
        },
      )
      head.on('error', reject)
      head.end()
    })
    expect(status).toBe(200)
    await until(async () => (await open(process, member)).response.status === 200, { timeoutMs: 5_000 })
  })

  test('closing the server ends the streams and waits for none', async () => {
    const member = await api.aMember()
    const process = await aProcess()
    const streams = [await open(process, member), await open(process, member)]
    await live(streams[0]!, member)
    const startedAt = performance.now()
    await process.close()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    for (const stream of streams) await stream.ended()
  })
})
