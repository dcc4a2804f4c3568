import type { Response } from 'express'

/** One event as a client's `EventSource` takes it; `id` comes back as `Last-Event-ID` when it reconnects. */
export type ServerEvent = { readonly id: number; readonly event: string; readonly data: unknown }

/** An open stream of server-sent events (WHATWG HTML, section 9.2). Writing to one that is closed does nothing. */
export type EventStream = {
  send(event: ServerEvent): void
  /** A comment, so that neither a proxy nor the client takes the silence for a broken line. */
  beat(): void
  end(): void
}

/** How long a client waits before it connects again. */
const reconnectAfterMs = 3_000
/** A client that leaves more than this unread is cut off; it reconnects and goes on after the last event it has read. */
const mostUnreadBytes = 1_000_000

/** Begins a stream on a response whose status and type are set. `onClose` is called once, whoever ends it. */
export function openEventStream(response: Response, { onClose }: { onClose: () => void }): EventStream {
  let isOpen = true
  const close = () => {
    if (!isOpen) return
    isOpen = false
    onClose()
  }
  const write = (text: string) => {
    if (!isOpen) return
    response.write(text)
    if (response.writableLength > mostUnreadBytes) response.destroy()
  }
  response.on('close', close)
  response.on('error', close)
  // A proxy must hand on each event at once, and the connection ends with the stream, so that closing the server waits for none.
  response.setHeader('X-Accel-Buffering', 'no')
  response.setHeader('Connection', 'close')
  write(`retry: ${reconnectAfterMs}\n\n`)
  if (response.req.method === 'HEAD') response.end()
  // The client may have gone before there was anyone to notice.
  if (response.closed || response.destroyed) close()
  return {
    send: ({ id, event, data }) => write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
    beat: () => write(': still here\n\n'),
    end() {
      if (isOpen) response.end()
      close()
    },
  }
}
