import { methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { ellipsis } from '../text.ts'

/** A context as a list shows it. */
export interface ListedContext {
  readonly name: string
  readonly current: boolean
  readonly description: string
  readonly endpoint: string
  /** Why it cannot be used. */
  readonly error: string
}

/** How contexts are listed. */
export const contextView: ListView = {
  header: {
    Name: 'NAME',
    Description: 'DESCRIPTION',
    DockerEndpoint: 'DOCKER ENDPOINT',
    Error: 'ERROR',
  },
  template: contextTemplate,
}

/** The template that `format` stands for; empty is a table (docker/cli formatter NewClientContextFormat). */
function contextTemplate(format: string, quiet: boolean): string {
  if (quiet) return '{{.Name}}'
  if (format !== '' && format !== 'table') return format
  return 'table {{.Name}}{{if .Current}} *{{end}}\t{{.Description}}\t{{.DockerEndpoint}}\t{{.Error}}'
}

/** The rows of a list. */
export function contextRows(contexts: readonly ListedContext[]): Value[] {
  return contexts.map((context) => value(clientContext, context))
}

const clientContext = methods<ListedContext>(
  '*formatter.clientContextContext',
  {
    Current: ({ current }) => current,
    Name: ({ name }) => name,
    Description: ({ description }) => description,
    DockerEndpoint: ({ endpoint }) => endpoint,
    Error: ({ error }) => ellipsis(error, 45),
  },
  ['c'],
)
