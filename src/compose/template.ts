import { cut } from '../parse/cut.ts'

/** What a name stands for; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined

/** A `$` that begins no reference, or a variable that is required and missing: the text, or the reason, is the message. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

const reference = '[_a-z][_a-z0-9]*(?::?[-?][^}]*)?'
const pattern = new RegExp(`\\$(?:(?<escaped>\\$)|(?<named>${reference})|\\{(?<braced>${reference})\\}|)`, 'giu')

/**
 * Replaces `$NAME`, `${NAME}` and their forms with a default (`:-`, `-`) or a message for what is missing (`:?`, `?`); `$$` is a
 * dollar. Throws TemplateError (docker/cli cli/compose/template).
 */
export function substitute(text: string, lookup: Lookup): string {
  // As in the reference, a reference that is in order makes up for the faulty one before it.
  let fault: string | undefined
  const result = text.replace(pattern, (...match) => {
    const { escaped, named, braced } = match.at(-1) as Record<string, string | undefined>
    if (escaped !== undefined) return escaped
    const replaced = named === undefined && braced === undefined ? text : expand(named ?? braced ?? '', lookup)
    fault = typeof replaced === 'string' ? replaced : undefined
    return typeof replaced === 'string' ? '' : replaced.value
  })
  if (fault !== undefined) throw new TemplateError(fault)
  return result
}

/** The value of what stands after the dollar, or the reason why it has none. */
function expand(text: string, lookup: Lookup): { value: string } | string {
  for (const separator of [':-', '-']) {
    const { before: name, after: fallback, found } = cut(text, separator)
    if (!found) continue
    const value = lookup(name)
    return { value: value === undefined || (value === '' && separator === ':-') ? fallback : value }
  }
  for (const separator of [':?', '?']) {
    const { before: name, after: message, found } = cut(text, separator)
    if (!found) continue
    const value = lookup(name)
    if (value === undefined || (value === '' && separator === ':?')) {
      return `required variable ${name} is missing a value: ${message}`
    }
    return { value }
  }
  return { value: lookup(text) ?? '' }
}
