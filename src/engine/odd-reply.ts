// Replies that JSON.parse or the expected type refuse, read once more as Go's json.Decoder reads them. Loaded only then.
import { conform, Misfit } from '../go/conform.ts'
import { decode } from '../go/decode.ts'
import { checkSyntax, decoderMessage } from '../go/json-syntax.ts'
import type { Type } from '../go/types.ts'
import { ReplyError } from './errors.ts'
import { JsonSplitter } from './ndjson.ts'

/**
 * Decodes the first JSON value of a text, whatever comes after it. Throws a ReplyError that names the problem with Go's message,
 * and where.
 */
export function decodeOdd<T>(text: string, endpoint: string, type: Type): T {
  let first
  try {
    first = firstValue(text)
    if (first !== '') checkSyntax(first)
  } catch (error) {
    throw new ReplyError(decoderMessage(error), endpoint, { path: '', expected: 'JSON', got: excerpt(text) }, error)
  }
  if (first === '') throw new ReplyError('EOF', endpoint, { path: '', expected: type.name, got: 'nothing' })
  try {
    return conform(type, JSON.parse(first)) as T
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(endpoint, error.message)
    if (!(error instanceof Misfit)) throw error
    const { path, expected, got } = error
    throw new ReplyError(goWords(type, first) ?? error.message, endpoint, { path, expected, got }, error)
  }
}

/** The error for a reply of a `size` (`more than 64 MiB`) that no daemon's has. */
export function tooLarge(endpoint: string, size: string): ReplyError {
  return new ReplyError(`the daemon's answer is too large: ${size}`, endpoint, {
    path: '',
    expected: 'less',
    got: size,
  })
}

/** The error for a message of a stream that is given up before its end: too large, or nested too deep. */
export function endless(message: string): ReplyError {
  return new ReplyError(message, '', { path: '', expected: 'a message that ends', got: 'one without end' })
}

function goWords(type: Type, text: string): string | undefined {
  try {
    decode(type, text)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function firstValue(text: string): string {
  const splitter = new JsonSplitter()
  return splitter.push(Buffer.from(text))[0] ?? splitter.rest()
}

function excerpt(text: string): string {
  const line = text.trimStart().slice(0, EXCERPT)
  return JSON.stringify(line.length < text.trim().length ? `${line}...` : line)
}

const EXCERPT = 40
