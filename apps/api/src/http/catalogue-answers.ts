import { createHash } from 'node:crypto'

/** An answer as it is sent: the bytes of its body, and their tag. */
export type KeptAnswer = { readonly body: Buffer; readonly etag: string }

/** Where the answer of one address is kept, seen at one version of the catalogue. */
export type AnswerPlace = {
  readonly kept: KeptAnswer | null
  /** Keeps an answer that was read after the place was asked for. */
  keep(body: Buffer): KeptAnswer
}

export type CatalogueAnswers = { at(address: string): Promise<AnswerPlace> }

/** An address may be anything that a client makes up. */
export const mostAnswers = 1_000
const mostBytes = 16 * 1024 * 1024

/**
 * Answers that show nothing but the public catalogue, kept in the memory of the process as the bytes that are sent, each for as long as the catalogue
 * has the version it was read at. The version is asked for at every request, and before what it stands for is read: a change that was committed
 * when a request came is in its answer, whichever process made it. `version` must grow with every change.
 */
export function createCatalogueAnswers(readVersion: () => Promise<number>): CatalogueAnswers {
  const version = sharingNext(readVersion)
  const answers = new Map<string, KeptAnswer>()
  let keptAt = -1
  let bytes = 0

  function keep(address: string, body: Buffer): KeptAnswer {
    const answer = withTag(body)
    if (body.length > mostBytes) return answer
    bytes += body.length - (answers.get(address)?.body.length ?? 0)
    answers.set(address, answer)
    // The oldest ones go: what is in use is soon back.
    for (const [oldest, { body: old }] of answers) {
      if (answers.size <= mostAnswers && bytes <= mostBytes) break
      answers.delete(oldest)
      bytes -= old.length
    }
    return answer
  }

  return {
    async at(address) {
      const seen = await version()
      if (seen > keptAt) {
        keptAt = seen
        answers.clear()
        bytes = 0
      }
      return {
        kept: seen === keptAt ? (answers.get(address) ?? null) : null,
        keep: (body) => (seen === keptAt ? keep(address, body) : withTag(body)),
      }
    },
  }
}

function withTag(body: Buffer): KeptAnswer {
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}

/**
 * Gives `read` to many callers: they share a reading that begins after all of them have asked. One that is under way when a caller comes may
 * have missed what this caller must see.
 */
function sharingNext<T>(read: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | null = null
  let next: Promise<T> | null = null
  function start(): Promise<T> {
    next = null
    const reading = read()
    const ended = () => {
      running = null
    }
    running = reading.then(ended, ended)
    return reading
  }
  return () => {
    if (running !== null) next ??= running.then(start)
    return next ?? start()
  }
}
