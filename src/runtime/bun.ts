/** What is used of Bun's own calls. */
export interface Bun {
  /** Rejects with Node's `code` where there is no connection. */
  connect(options: BunPlace & { socket: BunSocketHandlers }): Promise<BunSocket>
  file(fd: number): {
    stream(): ReadableStream<Uint8Array>
    writer(): { write(chunk: Uint8Array): unknown; flush(): unknown }
  }
}

/** Where a connection leads: to a unix socket or over TCP. */
export type BunPlace = { unix: string } | { hostname: string; port: number }

/** A connection of Bun's. */
export interface BunSocket {
  /** How much of it the system has taken; `drain` tells when it takes more. Negative once the other side has gone. */
  write(data: Uint8Array): number
  /** Closes our direction; `close` alone tells of the other's end then. */
  shutdown(): void
  pause(): void
  resume(): void
  setKeepAlive(on: boolean, initialDelay: number): void
  ref(): void
  unref(): void
  terminate(): void
}

/** What happens to a connection of Bun's. */
export interface BunSocketHandlers {
  data(socket: BunSocket, chunk: Uint8Array): void
  drain(socket: BunSocket): void
  end(socket: BunSocket): void
  error(socket: BunSocket, error: Error): void
  close(socket: BunSocket, error?: Error): void
}

/** Bun's own calls where Bun runs this program, as it does the binary; undefined on Node. */
export const bun: Bun | undefined = (globalThis as { Bun?: Bun }).Bun
