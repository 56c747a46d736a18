import { posix } from 'node:path'
import { trimSpace } from './space.ts'

/** Decides which paths a `.dockerignore` leaves out; paths are separated by slashes and relative to the context. */
export interface IgnoreMatcher {
  /** Whether some pattern takes paths back in with `!`. */
  readonly hasExceptions: boolean
  /** The patterns, cleaned, without their `!`. */
  readonly patterns: readonly { readonly pattern: string; readonly isException: boolean }[]
  /** Whether a path, or a folder above it, is left out (MatchesOrParentMatches). */
  matches(path: string): boolean
  /**
   * As `matches`, for a walk: `above` is what it gave for the folder that the path is in, undefined at the top, which saves
   * looking at all folders above again (MatchesUsingParentResults).
   */
  walk(path: string, above?: PatternMatches): { readonly ignored: boolean; readonly matches: PatternMatches }
  /** Whether something in a folder that is left out may be taken back in (moby go-archive Tarballer). */
  mayTakeBack(folder: string): boolean
}

/** Which of the patterns matched a path or a folder above it, in the order of the patterns. */
export type PatternMatches = readonly boolean[]

/** Takes a `.dockerignore`'s text and gives its patterns: comments and blank lines dropped, paths cleaned and relative (moby/patternmatcher ignorefile). */
export function parseDockerignore(text: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => trimSpace(line))
    .filter((line) => line !== '')
    .map(toPattern)
}

/** Takes patterns and gives what decides by them, the last match counting; throws on a pattern that cannot be (moby/patternmatcher). */
export function createIgnoreMatcher(patterns: readonly string[]): IgnoreMatcher {
  const compiled = patterns
    .map((pattern) => trimSpace(pattern))
    .filter((pattern) => pattern !== '')
    .map(compile)
  return {
    patterns: compiled,
    hasExceptions: compiled.some(({ isException }) => isException),
    matches(path) {
      const candidates = withParents(path)
      let ignored = false
      for (const { isException, test } of compiled) {
        if (isException === ignored && candidates.some(test)) ignored = !isException
      }
      return ignored
    },
    walk(path, above) {
      let ignored = false
      const matches = compiled.map(({ isException, test }, i) => {
        const matched = above?.[i] === true || (isException === ignored && test(path))
        if (matched) ignored = !isException
        return matched
      })
      return { ignored, matches }
    },
    mayTakeBack: (folder) =>
      compiled.some(({ isException, pattern }) => isException && `${pattern}/`.startsWith(`${folder}/`)),
  }
}

/**
 * Adds what keeps `.dockerignore` and the Dockerfile in the context, whatever the patterns say: the daemon needs them, and removes
 * them itself. It looks at fewer folders above them than a matcher does (docker/cli TrimBuildFilesFromExcludes).
 */
export function keepBuildFiles(patterns: readonly string[], dockerfile: string | undefined): string[] {
  const kept = ['.dockerignore', ...(dockerfile === undefined ? [] : [dockerfile])]
  const compiled = patterns.map(compile)
  const added: string[] = []
  for (const file of kept) {
    if (!isListed(clean(file), compiled)) continue
    added.push(`!${file}`)
    compiled.push(compile(`!${file}`))
  }
  return [...patterns, ...added]
}

/** The one folder above that is as deep as the pattern is looked at besides the path (patternmatcher Matches). */
function isListed(path: string, patterns: readonly CompiledPattern[]): boolean {
  const folders = path.split('/').slice(0, -1)
  let listed = false
  for (const { isException, test, pattern } of patterns) {
    if (isException !== listed) continue
    const depth = pattern.split('/').length
    if (test(path) || (depth <= folders.length && test(folders.slice(0, depth).join('/')))) listed = !isException
  }
  return listed
}

interface CompiledPattern {
  isException: boolean
  pattern: string
  test: (path: string) => boolean
}

function toPattern(line: string): string {
  const isException = line.startsWith('!')
  const pattern = isException ? trimSpace(line.slice(1)) : line
  const cleaned = pattern === '' ? '' : clean(pattern)
  const relative = cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned
  return isException ? `!${relative}` : relative
}

function withParents(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).filter((parent) => parent !== '')
}

function compile(text: string): CompiledPattern {
  const cleaned = clean(text)
  const isException = cleaned.startsWith('!')
  if (cleaned === '!') throw new Error('illegal exclusion pattern: "!"')
  const pattern = isException ? cleaned.slice(1) : cleaned
  checkSyntax(pattern)
  return { isException, pattern, test: toTest(pattern) }
}

function toTest(pattern: string): (path: string) => boolean {
  const tokens = tokenize(pattern)
  const [first, ...others] = tokens
  const isPlain = (kinds: typeof tokens) => kinds.every(({ kind }) => kind === 'text')
  if (isPlain(tokens)) return (path) => path === pattern
  // `**` at the very start or end is compared as text, so that a newline in a name needs no thought.
  if (first?.kind === 'any' && isPlain(others) && others.length > 0) {
    const suffix = pattern.slice(2)
    return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
  }
  const last = tokens.at(-1)
  if (last?.kind === 'any' && isPlain(tokens.slice(0, -1)) && pattern.endsWith('**')) {
    const prefix = pattern.slice(0, -2)
    return (path) => path.startsWith(prefix)
  }
  // Not before it is needed: what cannot be compiled is no error of a pattern that nothing is put to.
  let expression: RegExp | undefined
  return (path) => (expression ??= toExpression(tokens)).test(path)
}

function toExpression(tokens: readonly Token[]): RegExp {
  try {
    return new RegExp(`^${tokens.map(({ source }) => source).join('')}$`, 'u')
  } catch {
    throw badPattern()
  }
}

interface Token {
  kind: 'text' | 'any' | 'pattern'
  source: string
}

/**
 * What the reference makes a regular expression of. It does not mind whether it is in a class, where what stands for `*` and
 * `?` ends the class, and leaves `|` and repetitions such as `{2}` as they are.
 */
function tokenize(pattern: string): Token[] {
  const tokens: Token[] = []
  let inClass = false
  const lexer = /(\*\*\/?)|([*?])|\\([\s\S])|([[\]])|(\{\d+(?:,\d*)?\})|([\s\S])/gu
  for (const match of pattern.matchAll(lexer)) {
    const [whole, any, wildcard, escaped, bracket, repetition, char = ''] = match
    if (any !== undefined) {
      const isEnd = match.index + whole.length === pattern.length
      tokens.push({ kind: 'any', source: anySource(isEnd, inClass) })
    } else if (wildcard !== undefined) {
      tokens.push({ kind: 'pattern', source: wildcard === '*' ? '[^/]*' : '[^/]' })
      inClass = false
    } else if (escaped !== undefined) tokens.push({ kind: 'pattern', source: escapedSource(escaped, inClass) })
    else if (bracket !== undefined) {
      const isStray = bracket === ']' && !inClass
      inClass = bracket === '['
      tokens.push({ kind: 'pattern', source: isStray ? '\\]' : bracket })
    } else if (repetition !== undefined && !inClass) tokens.push({ kind: 'text', source: repetition })
    else tokens.push({ kind: 'text', source: (repetition ?? char).replace(/[.+()${}]/g, '\\$&') })
  }
  return tokens
}

function anySource(isEnd: boolean, inClass: boolean): string {
  if (inClass) return isEnd ? '.*' : '(.*/)?'
  return isEnd ? '[^\\n]*' : '(?:[^\\n]*/)?'
}

/** The reference hands an escaped character on to its regular expressions, where some letters mean a class. */
function escapedSource(char: string, inClass: boolean): string {
  if (/[dDsSwWbBtnrfv]/.test(char)) return `\\${char}`
  if (char === 'a') return '\\x07'
  if (/[a-z\d]/i.test(char)) throw badPattern()
  return /[.+()|{}$^*?\\[\]/]/.test(char) || (char === '-' && inClass) ? `\\${char}` : char
}

/** Refuses an unfinished class, an empty one, and a backslash with nothing after it (Go filepath.Match). */
function checkSyntax(pattern: string): void {
  if (!wellFormed.test(pattern)) throw badPattern()
}

const member = '(?:\\\\[\\s\\S]|[^\\\\\\]-])'
const wellFormed = new RegExp(
  `^(?:\\\\[\\s\\S]|\\[(?:\\^|(?!\\^))${member}(?:-${member})?(?:${member}(?:-${member})?)*\\]|[^\\\\[])*$`,
  'u',
)

function badPattern(): Error {
  return new Error('syntax error in pattern')
}

function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal
}
