/**
 * The tokens of whoever is signed in. They live in the memory of the page and in its `sessionStorage`, so that a reload keeps them and closing the
 * last tab forgets them; nothing is written to `localStorage` or a cookie. A new tab asks the open ones, and of all tabs one at a time renews.
 */
export type Tokens = { readonly access: string; readonly refresh: string }
type News = { readonly tokens: Tokens | null } | 'which?'

const storedAs = 'ev.session'
/** How long a new tab waits for the others to answer. */
const askMs = 200

let current: Tokens | null = read()
let waiting: ((tokens: Tokens | null) => void) | null = null
const ended = new Set<() => void>()
const otherTabs = new BroadcastChannel(storedAs)

otherTabs.onmessage = ({ data }: MessageEvent<News>) => {
  if (data === 'which?') {
    if (current) otherTabs.postMessage({ tokens: current } satisfies News)
    return
  }
  const had = current
  keep(data.tokens)
  waiting?.(data.tokens)
  if (had && !data.tokens) for (const tell of ended) tell()
}

export const currentTokens = (): Tokens | null => current

/** Begins a session, in the other tabs as well. */
export function openSession(tokens: Tokens): void {
  keep(tokens)
  otherTabs.postMessage({ tokens } satisfies News)
}

/** Forgets the tokens here and in the other tabs. */
export function endSession(): void {
  keep(null)
  otherTabs.postMessage({ tokens: null } satisfies News)
}

/** Calls back when the session is over without this tab having ended it: another tab has, or the server says so. */
export function onSessionEnded(tell: () => void): () => void {
  ended.add(tell)
  return () => ended.delete(tell)
}

/** Takes over the session of another open tab when this one has none. */
export async function adoptSession(): Promise<void> {
  if (current) return
  await new Promise<void>((done) => {
    const timer = setTimeout(done, askMs)
    waiting = () => {
      clearTimeout(timer)
      done()
    }
    otherTabs.postMessage('which?' satisfies News)
  })
  waiting = null
}

/**
 * The access token that follows `stale`: another tab's when it was quicker, else a fresh one from `renew`. A refresh token is good once, so only
 * one tab at a time asks. Null when there is no session any more.
 */
export function renewedAccess(
  stale: string,
  renew: (refresh: string) => Promise<Tokens | null>,
): Promise<string | null> {
  return oneAtATime(async () => {
    if (!current || current.access !== stale) return current?.access ?? null
    const tokens = await renew(current.refresh)
    if (tokens) openSession(tokens)
    else {
      endSession()
      for (const tell of ended) tell()
    }
    return tokens?.access ?? null
  })
}

let queue: Promise<unknown> = Promise.resolve()

function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  // Locks between tabs exist where the page was loaded safely, by HTTPS or from this machine.
  if ('locks' in navigator) return navigator.locks.request(storedAs, work) as Promise<T>
  const turn = queue.then(work, work)
  queue = turn.catch(() => undefined)
  return turn
}

function keep(tokens: Tokens | null): void {
  current = tokens
  if (tokens) sessionStorage.setItem(storedAs, JSON.stringify(tokens))
  else sessionStorage.removeItem(storedAs)
}

function read(): Tokens | null {
  const text = sessionStorage.getItem(storedAs)
  return text === null ? null : (JSON.parse(text) as Tokens)
}
