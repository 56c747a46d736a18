import type { ResponseBody } from './transport.ts'

/**
 * The JSON values of a stream of them, as they arrive: one after the other with any or no white space or RFC 7464
 * record separators between. Throws SyntaxError where the bytes are not JSON, and for a value cut short at the end.
 * Leaving the loop early cancels the body.
 */
export async function* jsonMessages<T>(body: ResponseBody): AsyncGenerator<T> {
  for await (const text of jsonTexts(body)) yield JSON.parse(text) as T
}

/** As `jsonMessages`, each value as its own text. */
export async function* jsonTexts(body: ResponseBody): AsyncGenerator<string> {
  const splitter = new JsonSplitter()
  let finished = false
  try {
    for await (const chunk of body) yield* splitter.push(chunk)
    finished = true
    const rest = splitter.rest()
    if (rest !== '') yield rest
  } finally {
    if (!finished) body.cancel()
  }
}

/** Cuts bytes into the JSON values they hold, wherever the chunks' boundaries are. */
export class JsonSplitter {
  #pending: Uint8Array[] = []
  #depth = 0
  #inString = false
  #escaped = false

  /** The texts of the values that `chunk` completes. */
  push(chunk: Uint8Array): string[] {
    const texts: string[] = []
    let start = 0
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i] as number
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (byte === BACKSLASH) this.#escaped = true
        else if (byte === QUOTE) this.#inString = false
        continue
      }
      if (byte === QUOTE) this.#inString = true
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#depth++
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#depth--
      else if (this.#depth > 0 || !isSpace(byte)) continue
      if (this.#depth > 0 || this.#inString) continue
      // At the top level: the end of an object or list, or a space after a number, word or nothing.
      const text = this.#take(chunk.subarray(start, i + 1))
      start = i + 1
      if (text !== '') texts.push(text)
    }
    if (start < chunk.length) this.#pending.push(chunk.slice(start))
    return texts
  }

  /** What is left over at the end: a whole number or word, or a value cut short. */
  rest(): string {
    return this.#take(new Uint8Array())
  }

  #take(last: Uint8Array): string {
    const bytes = this.#pending.length === 0 ? Buffer.from(last) : Buffer.concat([...this.#pending, last])
    this.#pending = []
    return bytes.toString().replaceAll(RECORD_SEPARATOR, '').trim()
  }
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const RECORD_SEPARATOR = '\u001e'

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1e
}
