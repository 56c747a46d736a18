import { checkConforms, conform } from '../go/conform.ts'
import { checkDepth } from '../go/depth.ts'
import type { Type } from '../go/types.ts'
import type { ResponseBody } from './transport.ts'

/** Where the Go type of a reply comes from: loaded while the daemon answers. */
export type Wire = () => Promise<Type>

/** What a reply is taken as. */
export type ReplyReader<T> = (body: ResponseBody, endpoint: string, wire: Promise<Type>) => Promise<T>

/**
 * Reads a JSON reply and makes it what the type says that it should have; `endpoint` is the request for messages, `GET /info`.
 * Throws a ReplyError for what Go's encoding/json would refuse, with its message: `EOF` for nothing at all.
 */
export async function readReply<T>(body: ResponseBody, endpoint: string, wire: Promise<Type>): Promise<T> {
  return decodeReply<T>(await readText(body, endpoint), endpoint, await wire)
}

/** Reads a JSON reply as its own text, which is checked as `readReply` does. */
export async function readReplyText(body: ResponseBody, endpoint: string, wire: Promise<Type>): Promise<string> {
  const text = await readText(body, endpoint)
  const type = await wire
  try {
    checkDepth(text)
    checkConforms(type, JSON.parse(text))
  } catch {
    ;(await import('./odd-reply.ts')).decodeOdd(text, endpoint, type)
  }
  return text
}

/** Decodes one JSON value of a reply; throws as `readReply` does. */
export async function decodeReply<T>(text: string, endpoint: string, type: Type): Promise<T> {
  try {
    checkDepth(text)
    return conform(type, JSON.parse(text)) as T
  } catch {
    return (await import('./odd-reply.ts')).decodeOdd<T>(text, endpoint, type)
  }
}

/** Reads a body's text; throws a ReplyError for one larger than any daemon's answer. */
export async function readText(body: ResponseBody, endpoint: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  await body.pump((chunk) => {
    length += chunk.length
    if (length > MAX_REPLY) return refuse()
    chunks.push(Uint8Array.prototype.slice.call(chunk))
    return undefined
  })
  // Most replies come in one piece.
  const [first = new Uint8Array()] = chunks
  const whole = chunks.length > 1 ? Buffer.concat(chunks) : Buffer.from(first.buffer, first.byteOffset, first.length)
  return whole.toString()

  async function refuse(): Promise<void> {
    throw (await import('./odd-reply.ts')).tooLarge(endpoint, `more than ${MAX_REPLY / (1024 * 1024)} MiB`)
  }
}

/**
 * 64 MiB, where 10,000 containers take 30: enough for any machine, and what JSON.parse makes of the worst text of that size
 * still fits into V8's memory.
 */
const MAX_REPLY = 64 * 1024 * 1024
