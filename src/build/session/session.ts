import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { methodPaths, serveGrpc, serves, type Served } from '../grpc/server.ts'
import { health } from '../proto/session.ts'

/** A connection over which the daemon asks for files, secrets and the like. */
export interface BuildSession {
  /** What a build names it by. */
  readonly id: string
  /** Resolves when the connection is over: with the error that broke it, or undefined. */
  readonly done: Promise<Error | undefined>
  /** Whether it is over and nobody here closed it. */
  readonly isLost: boolean
  close(): void
}

export interface SessionOptions {
  /** The same for sessions that send the same files, so that the daemon compares them with what it has. */
  readonly sharedKey?: string
}

/** Opens the connection of a session, given the headers that tell of it. */
export type Dial = (headers: Readonly<Record<string, string | readonly string[]>>) => Promise<Duplex>

/** Opens a session that offers the services, and gRPC's health check, by which the daemon sees that it lives (BuildKit session/session.go). */
export async function startSession(
  dial: Dial,
  services: readonly Served[],
  { sharedKey = '' }: SessionOptions = {},
): Promise<BuildSession> {
  const id = newId()
  const served = [...services, serves(health, { check: () => ({ status: SERVING }) })]
  const socket = await dial({
    'X-Docker-Expose-Session-Uuid': id,
    'X-Docker-Expose-Session-Sharedkey': sharedKey,
    'X-Docker-Expose-Session-Grpc-Method': methodPaths(served),
  })
  const server = serveGrpc(socket, served)
  let state: 'open' | 'closed' | 'lost' = 'open'
  void server.done.then(() => {
    if (state === 'open') state = 'lost'
  })
  return {
    id,
    done: server.done,
    get isLost() {
      return state === 'lost'
    },
    close() {
      if (state === 'open') state = 'closed'
      server.close()
    },
  }
}

/** A name that nothing else has, of 25 characters as BuildKit's own (identity.NewID). */
export function newId(): string {
  // The first bit is set, so that there are always enough characters.
  const number = BigInt(`0x80${randomBytes(17).toString('hex')}`)
  return number.toString(36).slice(1, 26)
}

const SERVING = 1
