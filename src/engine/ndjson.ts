import { MAX_DEPTH, tooDeep } from '../go/depth.ts'
import { decodeReply, type Wire } from './reply.ts'
import type { ResponseBody } from './transport.ts'
import type { JsonMessage } from './types/system.ts'
import { wires } from './wires.ts'

/**
 * The JSON values of a stream of them, as they arrive: one after the other with any or no white space or RFC 7464
 * record separators between. Throws ReplyError where the bytes are not JSON or a value is not of the type, and for a value
 * cut short at the end. Leaving the loop early cancels the body.
 */
export async function* jsonMessages<T>(body: ResponseBody, wire: Wire): AsyncGenerator<T> {
  const type = await wire()
  for await (const text of jsonTexts(body)) yield await decodeReply<T>(text, '', type)
}

/** The messages that a pull, push, load, import or build answers with. */
export function progressMessages(body: ResponseBody): AsyncGenerator<JsonMessage> {
  return jsonMessages(body, wires.progress)
}

/** As `jsonMessages`, each value as its own text, not checked. */
export async function* jsonTexts(body: ResponseBody): AsyncGenerator<string> {
  for await (const texts of jsonBatches(body)) yield* texts
}

/** As `jsonTexts`, those that came together in one list. */
export async function* jsonBatches(body: ResponseBody): AsyncGenerator<string[]> {
  const splitter = new JsonSplitter()
  let finished = false
  try {
    for await (const chunk of body) yield splitter.push(chunk)
    finished = true
    const rest = splitter.rest()
    if (rest !== '') yield [rest]
  } catch (error) {
    throw splitter.gaveUp ? (await import('./odd-reply.ts')).endless((error as Error).message) : error
  } finally {
    if (!finished) body.cancel()
  }
}

/** Cuts bytes into the JSON values they hold, wherever the chunks' boundaries are. */
export class JsonSplitter {
  /** Whether it threw, for a value without measure. */
  gaveUp = false
  #pending: Uint8Array[] = []
  #length = 0
  #depth = 0
  #inString = false
  #escaped = false

  /** The texts of the values that `chunk` completes. */
  push(chunk: Uint8Array): string[] {
    const texts: string[] = []
    let start = 0
    for (let at = this.#skip(chunk, 0); at < chunk.length; at = this.#skip(chunk, at + 1)) {
      const byte = chunk[at] as number
      if (byte === QUOTE) this.#inString = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (++this.#depth > MAX_DEPTH) throw this.#giveUp(tooDeep(String.fromCharCode(byte)))
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth--
      else if (!isSpace(byte)) continue
      else if (start === at && this.#length === 0) {
        start = at + 1
        continue
      }
      if (this.#depth > 0 || this.#inString) continue
      // At the top level: the end of an object or list, or a space after a number, word or nothing.
      const text = this.#take(chunk.subarray(start, at + 1))
      start = at + 1
      if (text !== '') texts.push(text)
    }
    if (start < chunk.length) this.#keep(Uint8Array.prototype.slice.call(chunk, start))
    return texts
  }

  /** What is left over at the end: a whole number or word, or a value cut short. */
  rest(): string {
    return this.#take(new Uint8Array())
  }

  // The next byte that tells where values begin and end: of a list or object its brackets and strings alone do.
  #skip(chunk: Uint8Array, from: number): number {
    let at = this.#inString ? this.#skipString(chunk, from) : from
    if (this.#depth > 0) while (at < chunk.length && STRUCTURAL[chunk[at] as number] === 0) at++
    return at
  }

  // Where the string that is open ends, or the chunk does.
  #skipString(chunk: Uint8Array, from: number): number {
    let at = this.#escaped ? from + 1 : from
    for (; at < chunk.length; at++) {
      const byte = chunk[at]
      if (byte === QUOTE) {
        this.#inString = this.#escaped = false
        return at + 1
      }
      if (byte === BACKSLASH) at++
    }
    this.#escaped = at > chunk.length
    return chunk.length
  }

  #keep(rest: Uint8Array): void {
    this.#length += rest.length
    if (this.#length > MAX_MESSAGE) throw this.#giveUp(new Error(TOO_LARGE))
    this.#pending.push(rest)
  }

  #giveUp(error: Error): Error {
    this.gaveUp = true
    return error
  }

  #take(last: Uint8Array): string {
    const bytes =
      this.#pending.length === 0
        ? Buffer.from(last.buffer, last.byteOffset, last.length)
        : Buffer.concat([...this.#pending, last])
    this.#pending = []
    this.#length = 0
    const text = bytes.toString()
    const plain = text.includes(RECORD_SEPARATOR) ? text.replaceAll(RECORD_SEPARATOR, '') : text
    // Most begin and end with a bracket.
    return text.charCodeAt(0) > 0x20 && text.charCodeAt(text.length - 1) > 0x20 ? plain : plain.replace(MARGIN, '')
  }
}

/** As large as a whole reply may be (MAX_REPLY); what daemons send in a stream are a few kilobytes each. */
const MAX_MESSAGE = 64 * 1024 * 1024
const TOO_LARGE = `a message of the daemon is too large: more than ${MAX_MESSAGE / (1024 * 1024)} MiB`

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
/** Which bytes say something within a list or object. */
const STRUCTURAL = new Uint8Array(256)
for (const byte of [QUOTE, OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET]) STRUCTURAL[byte] = 1
const RECORD_SEPARATOR = '\u001e'
/** JSON's own white space, which is less than JavaScript's: a byte order mark is an error. */
const MARGIN = /^[ \t\r\n]+|[ \t\r\n]+$/g

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e
}
