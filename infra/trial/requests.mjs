/** Requests as members send them, each over a connection and, unless told otherwise, from an address of its own, because nginx counts by address. */
import { request } from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'

let addresses = 0
function nextAddress() {
  addresses += 1
  return `127.${1 + ((addresses >> 16) & 63)}.${(addresses >> 8) & 255}.${1 + (addresses & 127)}`
}

export function clientOf({ port, ca }) {
  /** Resolves with status, headers and body, also of refusals; status 0 when the connection broke. */
  return function send(
    method,
    path,
    { from = nextAddress(), body, token, headers = {}, form, timeoutMs = 30_000 } = {},
  ) {
    const content = form?.body ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)))
    return new Promise((done) => {
      const sent = request({
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        ca,
        method,
        path,
        localAddress: from,
        agent: false,
        timeout: timeoutMs,
        headers: {
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(content && { 'Content-Type': form?.type ?? 'application/json', 'Content-Length': content.length }),
          ...headers,
        },
      })
      sent.on('response', (response) => {
        const chunks = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () => {
          const bytes = Buffer.concat(chunks)
          const isJson = /json/.test(response.headers['content-type'] ?? '') && !response.headers['content-encoding']
          done({
            status: response.statusCode,
            headers: response.headers,
            bytes,
            body: isJson ? JSON.parse(bytes) : null,
          })
        })
        response.on('error', (error) => done({ status: 0, headers: {}, bytes: Buffer.alloc(0), body: null, error }))
      })
      sent.on('timeout', () => sent.destroy(new Error('No answer in time.')))
      sent.on('error', (error) => done({ status: 0, headers: {}, bytes: Buffer.alloc(0), body: null, error }))
      sent.end(content)
    })
  }
}

/** A form with one file, as a browser writes it. */
export function formOf(fields, { name, fileName, type, bytes }) {
  const boundary = 'trial-boundary'
  const texts = Object.entries(fields).map(
    ([key, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${fileName}"\r\nContent-Type: ${type}\r\n\r\n`
  const body = Buffer.concat([Buffer.from(texts.join('') + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
  return { type: `multipart/form-data; boundary=${boundary}`, body }
}

/** Opens a stream of events and collects what comes; `close` ends it. */
export function openStream({ port, ca, path, token }) {
  const stream = { text: '', firstAfterMs: null, close: () => sent.destroy() }
  const startedAt = performance.now()
  const sent = request({
    host: '127.0.0.1',
    servername: 'localhost',
    port,
    ca,
    path,
    localAddress: nextAddress(),
    agent: false,
    headers: { Authorization: `Bearer ${token}` },
  })
  sent.on('response', (response) =>
    response.on('data', (chunk) => {
      stream.firstAfterMs ??= Math.round(performance.now() - startedAt)
      stream.text += chunk
    }),
  )
  sent.on('error', () => {})
  sent.end()
  return stream
}

/**
 * Keeps `callers` of each kind busy until `stop`, which resolves with the results: `{ kind, status, code, key }` each. A caller
 * rests a moment between requests, so that the machine answers in time.
 */
export function startLoad(kinds, { callers }) {
  const results = []
  let isOver = false
  const loops = Object.entries(kinds).flatMap(([kind, ask]) =>
    Array.from({ length: callers }, async () => {
      while (!isOver) {
        const { key, answer } = await ask()
        results.push({
          kind,
          key,
          status: answer.status,
          code: answer.body?.code,
          body: answer.body,
          error: answer.error?.message,
        })
        await pause(5)
      }
    }),
  )
  return {
    results,
    async stop() {
      isOver = true
      await Promise.all(loops)
      return results
    },
  }
}
