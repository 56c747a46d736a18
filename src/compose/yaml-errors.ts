/** A fault of the YAML package's: its code, its words, where it is. */
export interface YamlFault {
  readonly code: string
  readonly message: string
  readonly pos: readonly [number, number]
}

/** The text of a file, and where the value begins that ends at an offset. */
export interface FaultySource {
  readonly text: string
  readonly startOf: (end: number) => number | undefined
}

/**
 * Says what is wrong with a file's syntax and where, in go-yaml's words where its parser and the package's agree on what it is, else
 * in the package's.
 */
export function syntaxFault(fault: YamlFault, source: FaultySource): string {
  const lines = source.text.split('\n')
  const place: Place = { ...source, lines, start: fault.pos[0], end: fault.pos[1] }
  const rule = rules.find(({ code, message }) => fault.code === code && message.test(fault.message))
  const { words, line } = rule?.say(place) ?? { words: fault.message, line: lineAt(place, place.start) }
  return line === 0 ? words : `line ${line}: ${words}`
}

interface Place extends FaultySource {
  readonly lines: readonly string[]
  readonly start: number
  readonly end: number
}

/** Line 0 is none: the reference's library leaves the first line out. */
interface Said {
  words: string
  line: number
}

interface Rule {
  code: string
  message: RegExp
  say: (place: Place) => Said
}

const rules: readonly Rule[] = [
  { code: 'BAD_INDENT', message: /^All (mapping|sequence) items/, say: badIndent },
  { code: 'BLOCK_AS_IMPLICIT_KEY', message: /sequence/, say: badIndent },
  { code: 'BLOCK_AS_IMPLICIT_KEY', message: /^Nested mappings/, say: (place) => noValueHere(place, place.start) },
  { code: 'MULTILINE_IMPLICIT_KEY', message: /^Implicit keys need/, say: multilineKey },
  { code: 'MISSING_CHAR', message: /^Implicit map keys/, say: noColon },
  { code: 'TAB_AS_INDENT', message: /^/, say: tab },
  { code: 'MISSING_CHAR', message: /^Missing closing .quote/, say: unclosedQuote },
  { code: 'MISSING_CHAR', message: /flow sequence items/, say: (place) => unfinishedFlow(place, ']') },
  { code: 'MISSING_CHAR', message: /flow map items/, say: (place) => unfinishedFlow(place, '}') },
  { code: 'BAD_INDENT', message: /^Flow sequence/, say: (place) => unfinishedFlow(place, ']') },
  { code: 'BAD_INDENT', message: /^Flow map/, say: (place) => unfinishedFlow(place, '}') },
  { code: 'BAD_DQ_ESCAPE', message: /^/, say: (place) => scanned(place, 'found unknown escape character') },
  {
    code: 'BAD_SCALAR_START',
    message: /reserved|block scalar|directive/,
    say: (place) => scanned(place, 'found character that cannot start any token'),
  },
  {
    code: 'BAD_ALIAS',
    message: /^/,
    say: (place) => scanned(place, 'did not find expected alphabetic or numeric character'),
  },
  {
    code: 'UNEXPECTED_TOKEN',
    message: /seq-item-ind|block-seq-ind on same line/,
    say: (place) => scanned(place, 'block sequence entries are not allowed in this context'),
  },
  {
    code: 'UNEXPECTED_TOKEN',
    message: /^Block scalar header/,
    say: (place) => scanned(place, 'did not find expected comment or line break'),
  },
  { code: 'UNEXPECTED_TOKEN', message: /at node end$/, say: trailing },
  { code: 'RESOURCE_EXHAUSTION', message: /^/, say: (place) => scanned(place, 'collections are nested too deep') },
]

/** A line that is indented as none around it: told of by the line before the block it should be part of. */
function badIndent({ lines, ...place }: Place): Said {
  const at = lineAt(place, place.start)
  const fault = lines[at - 1] ?? ''
  const before = lines.slice(0, at - 1)
  const inBlock = before.findLastIndex((line) => {
    if (!isContent(line)) return false
    // An item in a mapping's column is no part of the mapping, nor a key in a list's of the list.
    return indentOf(line) < indentOf(fault) || (indentOf(line) === indentOf(fault) && isItem(line) !== isItem(fault))
  })
  return outOfBlock(lines, firstOfBlock(before, indentOf(lines[inBlock] ?? '')), at)
}

/** What stands behind a value, which only the next entry of the block could be. */
function trailing({ lines, ...place }: Place): Said {
  const at = lineAt(place, place.start)
  return outOfBlock(lines, firstOfBlock(lines.slice(0, at), indentOf(lines[at - 1] ?? '')), at)
}

function outOfBlock(lines: readonly string[], first: number, at: number): Said {
  const words = isItem(lines[first] ?? '') ? "did not find expected '-' indicator" : 'did not find expected key'
  return { words, line: first > 0 ? first : at - 1 }
}

/** A colon that makes a key of what is a value already. */
function noValueHere(place: Place, from: number): Said {
  const colon = place.text.slice(from).search(/:(?=\s|$)/)
  return scanned({ ...place, start: colon < 0 ? from : from + colon }, 'mapping values are not allowed in this context')
}

function multilineKey(place: Place): Said {
  const at = lineAt(place, place.start)
  const column = place.start - place.text.lastIndexOf('\n', place.start - 1) - 1
  const header = /[|>]/.exec(place.text[place.start] ?? '')
  if (header) return { words: 'did not find expected comment or line break', line: at }
  const first = firstOfBlock(place.lines.slice(0, at), column)
  const isEntry = column === indentOf(place.lines[at - 1] ?? '') && first < at - 1
  return isEntry ? noColon(place) : noValueHere(place, place.end - 1)
}

/** A line without the colon that would make it an entry. */
function noColon(place: Place): Said {
  const at = lineAt(place, place.start)
  return { words: "could not find expected ':'", line: at > 1 ? at : at + 1 }
}

/** A tab before what begins a line; after a plain text it would go on with that. */
function tab(place: Place): Said {
  const at = lineAt(place, place.start)
  const before = place.lines.slice(0, at - 1).findLastIndex(isContent)
  if (/[^\s:[\]{},|>"'-]\s*$/.test(place.lines[before] ?? '')) {
    return { words: 'found a tab character that violates indentation', line: before + 1 }
  }
  return scanned(place, 'found character that cannot start any token')
}

function unclosedQuote(place: Place): Said {
  const at = lineAt(place, place.startOf(place.start) ?? place.start)
  const isAtEnd = place.start >= place.text.trimEnd().length
  if (!isAtEnd) return { words: 'did not find expected key', line: at - 1 }
  return { words: 'found unexpected end of stream', line: at > 1 ? at : place.lines.length }
}

function unfinishedFlow(place: Place, end: string): Said {
  const line = lineAt(place, place.startOf(place.start) ?? place.start)
  return { words: `did not find expected ',' or '${end}'`, line: line > 1 ? line - 1 : lineAt(place, place.end) - 1 }
}

/** A fault of single characters, at their own line. */
function scanned(place: Place, words: string): Said {
  const line = lineAt(place, place.start)
  return { words, line: line > 1 ? line : 0 }
}

/** The index of the first line of the block in this column that the last of the lines is in. */
function firstOfBlock(lines: readonly string[], column: number): number {
  const outside = lines.findLastIndex((line) => isContent(line) && indentOf(line) < column)
  return lines.findIndex((line, index) => index > outside && isContent(line) && indentOf(line) === column)
}

function lineAt({ text }: { text: string }, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}

function isItem(line: string): boolean {
  return /^ *-(?: |$)/.test(line)
}

function isContent(line: string): boolean {
  return !/^\s*(#|$)/.test(line)
}
