import { type Fault, hasBody, reset, type Verdict } from './fault.ts'
import type { Good } from './replies.ts'
import { type Reply, wholeReply } from './wire.ts'

interface Place {
  readonly name: string
  /** How many bytes of the reply have gone out by then; undefined where the reply has no such place. */
  at(reply: Reply, good: Good): number | undefined
  readonly early?: true
}

const places: readonly Place[] = [
  { name: 'before the request is read', at: () => 0, early: true },
  { name: 'before the first byte', at: () => 0 },
  { name: 'after one byte', at: () => 1 },
  { name: 'within the status', at: () => 10 },
  { name: 'within the reason', at: () => 14 },
  { name: 'after the status line', at: ({ statusLine }) => statusLine },
  { name: 'within a header name', at: ({ statusLine }) => statusLine + 4 },
  { name: 'within a header value', at: ({ statusLine }) => statusLine + 14 },
  { name: 'before the last line end of the headers', at: ({ head }) => head - 1 },
  { name: 'between headers and body', at: body(() => 0) },
  { name: 'after one byte of the body', at: body(() => 1) },
  { name: 'within the body', at: body((length) => Math.floor(length / 2)) },
  { name: 'within a chunk size', at: ({ bytes, head }) => within(bytes.indexOf('\r\n', head) - 1, head, bytes) },
  {
    name: 'before the end of the last chunk',
    at: ({ bytes, head }, { kind }) =>
      ['lines', 'events', 'frames'].includes(kind) ? within(bytes.length - 7, head, bytes) : undefined,
  },
  { name: 'before the last byte', at: body((length) => length - 1) },
]

/** The connection closed, reset or left in silence at every step of a reply. */
export const connectionFaults: readonly Fault[] = [
  ...places.map((place): Fault => fault('close', place, (socket) => void socket.end())),
  ...places.map((place): Fault => ({ ...fault('reset', place, reset), over: 'tcp' })),
  ...places.map((place): Fault => ({
    ...fault('silence', place, () => undefined),
    verdict: (good) => (applies(place, good) ? 'waits' : undefined),
  })),
]

function fault(how: string, place: Place, end: (socket: Parameters<Fault['play']>[0]) => void | Promise<void>): Fault {
  return {
    group: `${how} at every step`,
    name: `${how} ${place.name}`,
    ...(place.early === true ? { early: true } : {}),
    verdict: (good) => (applies(place, good) ? verdictOf(how, place, good) : undefined),
    play: async (socket, good) => {
      const reply = wholeReply(good)
      socket.write(reply.bytes.subarray(0, place.at(reply, good)))
      await end(socket)
    },
  }
}

function applies(place: Place, good: Good): boolean {
  return place.at(wholeReply(good), good) !== undefined
}

// An upgraded connection that closes is a process that has ended; a JSON value is read to its end and no further.
function verdictOf(how: string, place: Place, good: Good): Verdict {
  const reply = wholeReply(good)
  const at = place.at(reply, good) ?? 0
  if (at < reply.head) return 'fails'
  if (good.kind === 'upgrade') return how === 'reset' ? 'fails' : 'either'
  return decided(place, good) ? 'either' : 'fails'
}

// Whether all that matters has come by then.
function decided(place: Place, good: Good): boolean {
  const reply = wholeReply(good)
  return place.at(reply, good) === reply.bytes.length - 1 && ['json', 'lines', 'events'].includes(good.kind)
}

function body(at: (length: number) => number): Place['at'] {
  return ({ bytes, head }, { kind }) =>
    hasBody(kind) ? within(head + at(bytes.length - head), head, bytes) : undefined
}

function within(at: number, head: number, bytes: Buffer): number | undefined {
  return at >= head && at < bytes.length ? at : undefined
}
