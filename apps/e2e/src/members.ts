/** A member as the tests know one through HTTP. */
export type Joined = {
  readonly id: number
  readonly token: string
  readonly referralCode: string
  readonly url: string
}

/** One request; anything but the expected status is a failure that shows the answer. */
export async function request(
  url: string,
  {
    method = 'GET',
    token,
    body,
    expected = [200],
  }: { method?: string; token?: string; body?: unknown; expected?: readonly number[] } = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(60_000),
  })
  const text = await response.text()
  if (!expected.includes(response.status)) throw new Error(`${method} ${url} answered ${response.status}: ${text}`)
  return JSON.parse(text) as Record<string, unknown>
}

/** Signs a member up, or logs one in, by a code out of the mailbox of the api process that sent it. */
export async function join(
  url: string,
  { email, referralCode }: { email: string; referralCode: string | null },
): Promise<Joined> {
  const identity = { identifier: email, otp_type: 'email' }
  await request(`${url}/api/auth/send-otp/`, { method: 'POST', body: identity })
  const mailbox = await fetch(`${url}/dev/mailbox.json?to=${encodeURIComponent(email)}`)
  const [newest] = (await mailbox.json()) as { text: string }[]
  const session = await request(`${url}/api/auth/verify-otp/`, {
    method: 'POST',
    body: {
      ...identity,
      otp_code: /\b\d{6}\b/.exec(newest!.text)![0],
      ...(referralCode !== null && { referral_code: referralCode }),
    },
  })
  const user = session['user'] as { id: number; referral_code: string }
  return { id: user.id, token: String(session['access_token']), referralCode: user.referral_code, url }
}

/** A seeded source of numbers in [0, 1), so that a run can be repeated. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Joins `count` members, `callers` at a time, each below a random earlier one. `onProgress` is told how many have joined, for
 * disturbances in the middle.
 */
export async function joinMany(
  urls: readonly string[],
  {
    count,
    callers,
    seed,
    onProgress,
  }: { count: number; callers: number; seed: number; onProgress?: (joined: number) => void },
): Promise<Joined[]> {
  const random = seededRandom(seed)
  const members: Joined[] = [await join(urls[0]!, { email: `root-${seed}@example.com`, referralCode: null })]
  let started = 0
  async function caller() {
    while (started < count) {
      started += 1
      const n = started
      const sponsor = members[Math.floor(random() * members.length)]!
      members.push(
        await join(urls[n % urls.length]!, { email: `m${n}-${seed}@example.com`, referralCode: sponsor.referralCode }),
      )
      onProgress?.(members.length - 1)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return members
}
