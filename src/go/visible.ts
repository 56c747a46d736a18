/**
 * Text from outside for a terminal (names, labels, statuses, errors): what would steer the terminal or disturb the order of
 * what is read stands there as Go spells it in a string. Line feeds and tabs stay: the layout around the text is made of them.
 */
export function visible(text: string): string {
  return steering.test(text) ? text.replace(allSteering, spelled) : text
}

/** As `visible`, for one cell of a table or one line of several: line feeds and tabs are spelled out as well. */
export function visibleCell(text: string): string {
  return visible(text).replace(/[\n\r\t]/g, spelled)
}

/** As `visible`, but sequences that only set colours stay. */
export function visibleInColours(text: string): string {
  return text.replace(colourOrText, (_, colour?: string, rest?: string) => colour ?? visible(rest ?? ''))
}

// oxlint-disable-next-line no-control-regex
const colourOrText = /(\x1b\[[\d;]*m)|([^\x1b]+|\x1b)/g

// Control characters (C0, DEL, C1), marks that turn the direction of writing, separators of lines and paragraphs, and bytes
// that are not UTF-8. A carriage return before a line feed does no harm, and some daemons end their lines so.
const pattern =
  '(?!\\r\\n)[\\0-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ud800-\\udfff]'
const steering = new RegExp(pattern, 'u')
const allSteering = new RegExp(pattern, 'gu')

const named: Partial<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function spelled(char: string): string {
  const code = char.charCodeAt(0)
  // A byte that is not UTF-8 is the lone surrogate U+DC00 + byte (strings.ts).
  const byte = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code
  if (byte !== code || code < 0x20) return named[char] ?? `\\x${byte.toString(16).padStart(2, '0')}`
  return `\\u${code.toString(16).padStart(4, '0')}`
}
