import { setTimeout as sleep } from 'node:timers/promises'
import type { Socket } from 'node:net'
import type { Good, Kind } from './replies.ts'

/**
 * What has to come of a fault: the command fails and says why, does as with a good reply, does either without breaking
 * the rules that hold always, or waits, and ends when it is interrupted.
 */
export type Verdict = 'fails' | 'same' | 'either' | 'waits'

/** One thing that a daemon, or whoever answers in its place, may do wrong. */
export interface Fault {
  readonly group: string
  readonly name: string
  /** Played before the request's body was read. */
  readonly early?: true
  /** Where it can be played; over both transports unless said otherwise. */
  readonly over?: 'unix' | 'tcp'
  /** Undefined where the fault has no place in such a reply. */
  verdict(good: Good): Verdict | undefined
  /** Answers; the connection stays open unless it closes it. */
  play(socket: Socket, good: Good): void | Promise<void>
}

/** Whether the client reads this kind of reply's body. */
export function hasBody(kind: Kind): boolean {
  return kind !== 'none' && kind !== 'ping' && kind !== 'stat'
}

/** Writes bytes in pieces of `size`, each in a packet of its own as far as the kernel lets it. */
export async function trickle(socket: Socket, bytes: Buffer, size = 1): Promise<void> {
  for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
    // A taste of small pieces is enough of a long reply.
    if (at >= 60) size = Math.max(size, at < 600 ? 17 : 997)
    socket.write(bytes.subarray(at, at + size))
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Closes a connection with a reset; only TCP has one. */
export async function reset(socket: Socket): Promise<void> {
  // What was written before is lost where the reset overtakes it.
  await sleep(5)
  // `resetAndDestroy` ends the stream in order first, and whoever reads in between sees a good end.
  Object.assign(socket, { resetAndClosing: true }).destroy()
}
