import { compareStrings } from '../../go/strings.ts'
import { cliError } from '../../errors/cli-error.ts'
import type { Call } from '../flags/call.ts'
import { type JsonRange, type JsonSource, jsonSourceLines } from '../progress/source.ts'
import type { Answer } from './question.ts'

/** What a frontend's answer is printed as, and the exit status it asks for. */
export interface Printed {
  readonly text: string
  readonly exitCode: number
  /** The Dockerfile cannot be built at all: said after the text. */
  readonly failure?: Error
}

/** The text of an answer; `file` is the Dockerfile as it was named (buildx commands/build.go printResult). */
export function printAnswer(call: Call, answer: Answer, file: string): Printed {
  const { 'result.json': json, 'result.txt': text, 'result.statuscode': status = '0' } = answer
  const exitCode = call.ignoreStatus ? 0 : Number(status) || 0
  if (call.name === 'lint') return { exitCode, ...lintText(call, json ?? '{}', file) }
  if (call.format === 'json' && json !== undefined) return { text: `${json}\n`, exitCode }
  return { text: text ?? `${call.name} ${JSON.stringify(answer)}\n`, exitCode }
}

function lintText({ format }: Call, json: string, file: string): { text: string; failure?: Error } {
  const { warnings, sources = [], buildError } = JSON.parse(json) as LintResults
  const found = warnings ?? []
  const failure = buildError && cliError(errorText(buildError, sources ?? [], file))
  if (format === 'json') return { text: `${json}\n`, ...(failure && { failure }) }
  const count = found.length === 1 ? '1 warning has been found!' : `${found.length} warnings have been found!`
  const head = found.length > 0 ? `Check complete, ${count}\n` : ''
  const body = [...found]
    .sort(byPlace(sources ?? []))
    .map((warning) => warningText(warning, sources ?? [], file))
    .join('')
  if (failure) return { text: `${head}${body}${found.length > 0 ? '\n' : ''}`, failure }
  return { text: found.length === 0 ? 'Check complete, no warnings found.\n' : head + body }
}

function warningText({ ruleName, url, detail = '', location }: LintWarning, sources: Sources, file: string): string {
  return `\nWARNING: ${ruleName}${url ? ` - ${url}` : ''}\n${detail}\n${linesOf(location, sources, file)}`
}

function errorText({ message, location }: BuildError, sources: Sources, file: string): string {
  return `ERROR: ${message}\n${linesOf(location, sources, file)}`
}

function linesOf(location: Location | undefined, sources: Sources, file: string): string {
  const source = sources[location?.sourceIndex ?? 0]
  if (source === undefined || (location?.sourceIndex ?? 0) < 0) return ''
  return jsonSourceLines(source, location?.ranges, file)
}

/** What is about no file comes first, then by file and line. */
function byPlace(sources: Sources) {
  return (one: LintWarning, other: LintWarning): number => {
    const [a, b] = [one.location?.sourceIndex ?? 0, other.location?.sourceIndex ?? 0]
    if (a < 0 && b < 0) return compareStrings(one.ruleName, other.ruleName)
    if (a < 0 || b < 0) return a < 0 ? -1 : 1
    const names = compareStrings(sources[a]?.filename ?? '', sources[b]?.filename ?? '')
    if (names !== 0) return names
    return firstLine(one) - firstLine(other) || 0
  }
}

function firstLine({ location }: LintWarning): number {
  return location?.ranges?.[0]?.start?.line ?? 0
}

interface LintResults {
  readonly warnings?: readonly LintWarning[] | null
  readonly sources?: Sources | null
  readonly buildError?: BuildError
}

interface LintWarning {
  readonly ruleName: string
  readonly url?: string
  readonly detail?: string
  readonly location?: Location
}

interface BuildError {
  readonly message: string
  readonly location?: Location
}

interface Location {
  readonly sourceIndex?: number
  readonly ranges?: readonly JsonRange[]
}

type Sources = readonly JsonSource[]
