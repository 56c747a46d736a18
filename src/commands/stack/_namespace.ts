import { cliError } from '../../errors/cli-error.ts'
import { quote } from '../../go/quote.ts'
import { addFilter, type Filters } from '../../parse/filter.ts'
import { trimSpace } from '../../parse/space.ts'

/** The label that says which stack an object is part of. */
export const namespaceLabel = 'com.docker.stack.namespace'

/** Throws where nothing but white space and quotes is left of a stack's name (docker/cli command/stack validateStackName). */
export function checkStackName(name: string): void {
  if (trimSpace(name.replace(/["']/g, ' ')) === '') throw cliError(`invalid stack name: ${quote(name)}`)
}

/** The filters that keep a stack's objects, added to `filters`. */
export function stackFilters(stack: string, filters: Filters = {}): Filters {
  return addFilter(filters, 'label', `${namespaceLabel}=${stack}`)
}

/** An object's name in the swarm: the stack's name is put before it. */
export function scoped(stack: string, name: string): string {
  return `${stack}_${name}`
}

/** An object's name in the Compose file, where it is one of the stack's own. */
export function unscoped(stack: string, name: string): string {
  return name.startsWith(`${stack}_`) ? name.slice(stack.length + 1) : name
}

/** Labels with the stack's own. */
export function withStackLabel(stack: string, labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...labels, [namespaceLabel]: stack }
}
