import { StreamBody } from './body.ts'
import type { ResponseHead } from './http1-head.ts'
import { ResponseParser } from './http1-parser.ts'
import { TransportError } from './transport.ts'

/** One request and its response on a connection. The response may come, and even end, before the request is all sent. */
export class Exchange {
  /** Resolves when the rest of the request is no longer wanted. */
  readonly stopped: Promise<void>
  readonly #parser: ResponseParser
  readonly #events: ExchangeEvents
  #stop: () => void = () => undefined
  #body: StreamBody | undefined
  #keepAlive = false
  #sent = false
  #received = false
  #over = false
  #uploadError: unknown

  constructor(method: string, upgradable: boolean, events: ExchangeEvents) {
    this.#parser = new ResponseParser(method, upgradable)
    this.#events = events
    this.stopped = new Promise((resolve) => {
      this.#stop = resolve
    })
  }

  push(chunk: Uint8Array): boolean {
    const { head, payload, complete, rest } = this.#parser.push(chunk)
    if (head !== undefined && this.#begin(head, rest)) return true
    if (this.#body === undefined) return true
    if (!complete) return this.#body.feed(payload)
    // The connection takes the next request now, whose answer fills the same memory while the reader may still use this.
    this.#body.feed(Uint8Array.prototype.slice.call(payload))
    this.#received = true
    if (rest.length > 0) this.#keepAlive = false
    this.#body.finish()
    this.#conclude()
    return true
  }

  /** The peer has closed its side. */
  end(): void {
    if (this.#over) return
    try {
      this.#parser.end()
    } catch (error) {
      this.fail(this.#uploadError ?? error)
      return
    }
    this.#keepAlive = false
    this.#received = true
    this.#body?.finish()
    this.#conclude()
  }

  broken(error: TransportError): void {
    if (error.code === 'transport/eof') this.end()
    else this.fail(error)
  }

  fail(error: unknown, now = false): void {
    if (this.#over) return
    this.#over = true
    this.#stop()
    if (this.#body === undefined) this.#events.failed(error)
    else {
      this.#body.fail(bodyError(error), now)
      this.#events.failed(error)
    }
  }

  uploaded(): void {
    this.#sent = true
    this.#conclude()
  }

  // The peer may have answered and closed without reading everything: its answer, if it is still to come, says more
  // than our broken pipe. An error of the body's producer ends the exchange.
  uploadFailed(error: unknown): void {
    if (this.#over) return
    if (isWriteError(error)) this.#uploadError = broken(error as NodeJS.ErrnoException)
    else {
      this.fail(error, true)
      this.#events.cancel()
    }
  }

  // True when the response took the connection out of HTTP.
  #begin(head: ResponseHead, rest: Uint8Array): boolean {
    if (this.#parser.upgraded) {
      this.#over = true
      this.#events.upgraded(head, rest)
      return true
    }
    this.#keepAlive = head.keepAlive
    this.#body = new StreamBody({
      resume: () => this.#events.resume(),
      cancel: () => {
        if (!this.#over) this.#events.cancel()
      },
    })
    if (head.status >= 400) this.#stop()
    this.#events.responded(head, this.#body)
    return false
  }

  #conclude(): void {
    if (!this.#received || this.#over) return
    this.#over = true
    this.#stop()
    this.#events.complete(this.#keepAlive && this.#sent)
  }
}

/** What an exchange tells the connection it goes over. */
export interface ExchangeEvents {
  resume(): void
  cancel(): void
  failed(error: unknown): void
  responded(head: ResponseHead, body: StreamBody): void
  upgraded(head: ResponseHead, rest: Uint8Array): void
  /** Both directions are done; `clean` when the connection can be used again. */
  complete(clean: boolean): void
}

/** The error of a socket that failed, with the message of Go's net package. */
export function broken(error: NodeJS.ErrnoException): TransportError {
  if ((error.code ?? '').startsWith('transport/')) return error as unknown as TransportError
  return new TransportError('transport/broken', WORDS[error.code ?? ''] ?? error.message, error)
}

function isWriteError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return code === 'EPIPE' || code === 'ECONNRESET' || code.startsWith('ERR_STREAM_')
}

function bodyError(error: unknown): unknown {
  const failure = error as Partial<TransportError>
  return failure.code === 'transport/eof' ? new TransportError('transport/unexpected-eof', 'unexpected EOF') : error
}

const WORDS: Partial<Record<string, string>> = {
  ECONNRESET: 'read: connection reset by peer',
  EPIPE: 'write: broken pipe',
}
