import { cut } from './cut.ts'
import { quote } from '../go/quote.ts'
import { compact } from '../go/scan.ts'
import { fromBytes } from '../go/strings.ts'

/** Security options as the engine takes them; the paths are empty lists where `systempaths=unconfined` was given. */
export interface SecurityOptions {
  options: string[]
  unconfinedPaths: boolean
}

/**
 * Takes `--security-opt`s; a seccomp profile that is a file is replaced by its JSON, without blanks. `readFile` throws in the
 * reference's words for a file that cannot be read (docker/cli container/opts.go parseSecurityOpts, parseSystemPaths).
 */
export function parseSecurityOptions(
  texts: readonly string[],
  readFile: (path: string) => Uint8Array,
): SecurityOptions {
  const options = texts.map((text) => parseOption(text, readFile))
  const kept = options.filter((option) => option !== 'systempaths=unconfined')
  return { options: kept, unconfinedPaths: kept.length < options.length }
}

function parseOption(text: string, readFile: (path: string) => Uint8Array): string {
  const equals = cut(text, '=')
  if (equals.before === 'no-new-privileges') return text
  const { before: key, after: value } = equals.found ? equals : cut(text, ':')
  if (key === 'no-new-privileges') return text
  if (value === '') throw new Error(`invalid --security-opt: ${quote(text)}`)
  if (key !== 'seccomp' || value === 'builtin' || value === 'unconfined') return text
  return `seccomp=${readProfile(value, readFile)}`
}

function readProfile(path: string, readFile: (path: string) => Uint8Array): string {
  const bytes = wrap(`opening seccomp profile (${path}) failed`, () => readFile(path))
  return wrap(`compacting json for seccomp profile (${path}) failed`, () => compact(fromBytes(bytes)))
}

function wrap<T>(message: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${message}: ${(error as Error).message}`, { cause: error })
  }
}
