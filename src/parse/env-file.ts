import { cut } from './cut.ts'
import { trimStart } from './space.ts'

/** The longest line that the reference's line reader takes, its end included. */
const longestLine = 64 * 1024

/**
 * Takes the bytes of an env or label file and gives its `key=value` lines. A key alone gets its value from `lookup`, and
 * is left out where that has none. `name` is for the message (docker/cli pkg/kvfile).
 */
export function parseEnvFile(bytes: Uint8Array, name: string, lookup: (key: string) => string | undefined): string[] {
  try {
    return [...linesOf(bytes)].flatMap((line, index) => parseLine(line, index, lookup))
  } catch (error) {
    throw new Error(`invalid env file (${name}): ${(error as Error).message}`, { cause: error })
  }
}

function parseLine(bytes: Uint8Array, index: number, lookup: (key: string) => string | undefined): string[] {
  const line = trimStart(decode(bytes, index))
  if (line === '' || line.startsWith('#')) return []
  const { before: key, found } = cut(line, '=')
  if (key === '') throw new Error(`no variable name on line '${line}'`)
  if (/[ \t]/.test(key)) throw new Error(`variable '${key}' contains whitespaces`)
  if (found) return [line]
  const value = lookup(line)
  return value === undefined ? [] : [`${key}=${value}`]
}

function decode(bytes: Uint8Array, index: number): string {
  try {
    // A byte order mark is dropped from the first line only.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: index > 0 }).decode(bytes)
  } catch {
    throw new Error(`invalid utf8 bytes at line ${index + 1}: [${bytes.join(' ')}]`)
  }
}

function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(0x0a, from)
    const end = newline < 0 ? bytes.length : newline
    if (end - from >= longestLine) throw new Error('bufio.Scanner: token too long')
    yield bytes.subarray(from, end > from && bytes[end - 1] === 0x0d ? end - 1 : end)
    from = end + 1
  }
}
