import { formatFloat } from '../go/number.ts'
import { Timestamp, type YamlScalar } from './values.ts'
import { Entries, type Written } from './written.ts'
import { resolveScalar } from './yaml-scalar.ts'

/** Writes a value as YAML in blocks indented by two, as go-yaml v3's encoder does. */
export function writeYaml(value: Written): string {
  const lines = blockOf(value, 0)
  return typeof lines === 'string' ? `${lines}\n` : lines.map((line) => `${line}\n`).join('')
}

/** A text that stands behind its key, or the lines of a block below it. */
function blockOf(value: Written, indent: number): string | string[] {
  const pad = ' '.repeat(indent)
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return value.flatMap((item) => {
      const block = blockOf(item, indent + 2)
      if (typeof block === 'string') return `${pad}- ${block}`
      const [first = '', ...rest] = block
      return [`${pad}- ${first.slice(indent + 2)}`, ...rest]
    })
  }
  if (!(value instanceof Entries)) return scalar(value, indent)
  if (value.list.length === 0) return '{}'
  return value.list.flatMap(([name, item]) => {
    const key = scalar(name, indent + 2)
    const below = blockOf(item, indent + 2)
    if (Buffer.byteLength(name) > 128 || name.includes('\n')) return complexEntry(key, below, pad)
    return typeof below === 'string' ? `${pad}${key}: ${below}` : [`${pad}${key}:`, ...below]
  })
}

/** A key that is too long to stand before a colon, or of several lines, has its own. */
function complexEntry(key: string, below: string | string[], pad: string): string[] {
  if (typeof below === 'string') return [`${pad}? ${key}`, `${pad}: ${below}`]
  const [first = '', ...rest] = below
  return [`${pad}? ${key}`, `${pad}: ${first.slice(pad.length + 2)}`, ...rest]
}

function scalar(value: YamlScalar, indent: number): string {
  if (typeof value === 'string') return value.includes('\n') ? literal(value, indent) : quoted(value)
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return '.nan'
    return Number.isFinite(value) ? formatFloat(value, 'g', -1) : value > 0 ? '.inf' : '-.inf'
  }
  return value instanceof Timestamp ? value.toString() : String(value)
}

/** Plain where that reads back as the same text in YAML 1.1 too, else in quotes. */
function quoted(text: string): string {
  const isOldBool = /^(y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF)$/.test(text)
  const isBase60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text)
  if (resolveScalar(text)[0] !== '!!str' || isOldBool || isBase60) return doubleQuoted(text)
  if (isPlain(text)) return text
  return special.test(text) ? doubleQuoted(text) : `'${text.replaceAll("'", "''")}'`
}

/** What only double quotes can carry: tabs, breaks other than a newline, what does not print. */
// oxlint-disable-next-line no-control-regex
const special = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|[\u2028\u2029] | [\u2028\u2029]/

function isPlain(text: string): boolean {
  if (special.test(text) || /^[ \u2028\u2029]|[ \u2028\u2029]$|[\u2028\u2029]/.test(text)) return false
  if (/^(---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[-?:](?:[ ]|$)/.test(text)) return false
  return !/:(?: |$)| #/.test(text)
}

function literal(text: string, indent: number): string {
  // oxlint-disable-next-line no-control-regex
  const cannotBeBlock = / $| [\n\u2028\u2029]|[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text)
  if (cannotBeBlock) return doubleQuoted(text)
  const hint = /^[ \n\u2028\u2029]/.test(text) ? '2' : ''
  const chomp = !/[\n\u2028\u2029]$/.test(text) ? '-' : /^.$|[\n\u2028\u2029]{2}$/s.test(text) ? '+' : ''
  const pad = ' '.repeat(indent)
  const lines = text.replace(/\n$/, '').split('\n')
  return [`|${hint}${chomp}`, ...lines.map((line) => (line === '' ? '' : pad + line))].join('\n')
}

function doubleQuoted(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return `"${text.replace(/["\\]|[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu, escape)}"`
}

const escapes: Record<string, string> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
}

function escape(char: string): string {
  const code = char.codePointAt(0) ?? 0
  const hex = (digits: number) => code.toString(16).toUpperCase().padStart(digits, '0')
  return `\\${escapes[char] ?? (code <= 0xff ? `x${hex(2)}` : code <= 0xffff ? `u${hex(4)}` : `U${hex(8)}`)}`
}
