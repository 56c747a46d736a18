import type { Case, Result } from './case.ts'

/** The ways a command can break the rules, as the table counts them. */
export const offences = ['hang', 'javascript', 'exit 0', 'silent', 'half file', 'changed'] as const
export type Offence = (typeof offences)[number]

/** What this case's result breaks, against what the same command line does with an engine that answers well. */
export function judge({ key, line, fault, verdict }: Case, result: Result, well: Result): Offence[] {
  if (result.hung) return ['hang']
  const overlooked = line.overlooks?.test(`${key} ${fault.group}: ${fault.name}`) === true
  const expected = key.endsWith(' /_ping') || overlooked ? 'either' : verdict
  const broken: Offence[] = []
  if (speaksJavaScript(result.stdout) || speaksJavaScript(result.stderr)) broken.push('javascript')
  if (expected === 'fails' && result.exitCode === 0) broken.push('exit 0')
  if (expected === 'fails' && result.exitCode !== 0 && result.stderr.trim() === '') broken.push('silent')
  if (result.exitCode !== 0 && leavesHalf(result, well)) broken.push('half file')
  if (expected === 'same' && !alike(result, well)) broken.push('changed')
  return broken
}

/** Words that only a program's own errors have. */
export function speaksJavaScript(text: string): boolean {
  return jargon.test(text)
}

const jargon = new RegExp(
  [
    String.raw`\bundefined\b|\bNaN\b|\[object |\bInfinity\b`,
    String.raw`is not (a function|iterable|a constructor)|Cannot (read|set|convert|destructure|mix|access)|(Type|Range|Syntax|Reference|Assertion)Error`,
    String.raw`Unexpected (token|end of JSON|non-whitespace)|in JSON at position|not valid JSON|Invalid (time value|array length|string length|typed array|Date|code point)`,
    String.raw`Maximum call stack|out of range|must be of type|node:|file:///|\bat .*:\d+:\d+`,
    String.raw`\b(ERR|UND_ERR|HPE|NGHTTP2)_[A-Z]|HTTPParserError|AbortError|This operation was aborted|toString|prototype`,
  ].join('|'),
)

// A file that was there with a good answer, too, is whole when it is the same.
function leavesHalf(result: Result, well: Result): boolean {
  return [...result.files].some(([name, content]) => well.files.get(name) !== content)
}

function alike(result: Result, well: Result): boolean {
  return result.exitCode === well.exitCode && result.stdout === well.stdout && result.stderr === well.stderr
}
