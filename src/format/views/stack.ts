import { methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'

/** A stack as lists show it. */
export interface Stack {
  readonly name: string
  /** How many services it has. */
  readonly services: number
}

/** How stacks are listed (docker/cli command/stack stackWrite). */
export const stackView: ListView = {
  header: { Name: 'NAME', Services: 'SERVICES' },
  template: (format) => (format === '' || format === 'table' ? 'table {{.Name}}\t{{.Services}}' : format),
}

const stackContext = methods<Stack>(
  '*stack.stackContext',
  { Name: ({ name }) => name, Services: ({ services }) => String(services) },
  ['s'],
)

/** The rows of a list. */
export function stackRows(stacks: readonly Stack[]): Value[] {
  return stacks.map((stack) => value(stackContext, stack))
}
