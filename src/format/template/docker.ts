/** The functions that docker adds to templates (docker/cli templates/templates.go). */
import { marshal } from '../../go/json.ts'
import { sprint } from '../../go/print.ts'
import { index, length, sortedEntries } from '../../go/reflect.ts'
import { byteLength, compareStrings, escapedByte, isAscii, sliceBytes } from '../../go/strings.ts'
import { any, int, slice, str, type Type, type Value } from '../../go/types.ts'
import type { Functions, TemplateFunction } from './function.ts'

function fn(params: Type[], out: Type, call: (...args: never[]) => unknown): TemplateFunction {
  return { in: params, out, call }
}

export const dockerFunctions: Functions = {
  json: fn([any], str, (v: Value | undefined) => marshal(v, { escapeHTML: false }).trim()),
  split: fn([str, str], slice(str), split),
  join: fn([any, str], str, join),
  title: fn([str], str, title),
  lower: fn([str], str, (s: string) => mapRunes(s, toLower)),
  upper: fn([str], str, (s: string) => mapRunes(s, toUpper)),
  pad: fn([str, int, int], str, pad),
  truncate: fn([str, int], str, truncate),
}

/** While the header of a table is made, what would change a value leaves the column's title alone. */
export const headerFunctions: Functions = {
  json: fn([str], str, (s: string) => s),
  split: fn([str, str], str, (s: string) => s),
  join: fn([str, str], str, (s: string) => s),
  title: fn([str], str, (s: string) => s),
  lower: fn([str], str, (s: string) => s),
  upper: fn([str], str, (s: string) => s),
  truncate: fn([str, int], str, (s: string) => s),
}

function split(s: string, separator: string): string[] {
  return separator === '' ? Array.from(s) : s.split(separator)
}

function join(elems: Value | undefined, separator: string): string {
  if (!elems) return ''
  const { kind, name, elem } = elems.type
  if (name === '[]string') return ((elems.raw ?? []) as string[]).join(separator)
  if (kind === 'slice' || kind === 'array') {
    return Array.from({ length: length(elems) }, (_, i) => sprint([index(elems, i)])).join(separator)
  }
  if (kind === 'map' && elem) {
    const texts = sortedEntries(elems).map((entry) => sprint([entry.value]))
    return texts.toSorted(compareStrings).join(separator)
  }
  throw new Error(`expected slice, got ${name}`)
}

function pad(s: string, before: number, after: number): string {
  if (s === '') return s
  if (before < 0 || after < 0) throw new Error('strings: negative Repeat count')
  return ' '.repeat(before) + s + ' '.repeat(after)
}

function truncate(s: string, max: number): string {
  if (byteLength(s) < max) return s
  if (max < 0) throw new Error(`runtime error: slice bounds out of range [:${max}]`)
  return sliceBytes(s, 0, max)
}

/** Rune by rune as Go maps them: one for one, bytes that are no characters becoming U+FFFD. */
function mapRunes(s: string, convert: (char: string) => string): string {
  if (isAscii(s)) return convert(s)
  let out = ''
  for (const char of s) out += escapedByte(char.codePointAt(0) as number) >= 0 ? '\uFFFD' : convert(char)
  return out
}

function toLower(s: string): string {
  return s === '\u0130' ? 'i' : s.toLowerCase()
}

function toUpper(s: string): string {
  const upper = s.toUpperCase()
  return upper.length === s.length ? upper : s
}

/** strings.Title: the first letter of every word in upper case. */
function title(s: string): string {
  let out = ''
  let before = ' '
  for (const char of s) {
    const broken = escapedByte(char.codePointAt(0) as number) >= 0
    out += broken ? '\uFFFD' : isSeparator(before) ? toUpper(char) : char
    before = char
  }
  return out
}

function isSeparator(char: string): boolean {
  if (char.charCodeAt(0) < 0x80) return !/[A-Za-z0-9_]/.test(char)
  return !/[\p{L}\p{Nd}]/u.test(char) && /\s|\u0085/.test(char)
}
