import type { SwarmTask } from '../../engine/types/swarm.ts'
import { parseRFC3339 } from '../../go/time.ts'
import { methods, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { humanDuration } from '../human.ts'
import { ellipsis, shortId } from '../text.ts'
import { capitalized, imageWithoutDigest } from './swarm-text.ts'

/** How tasks are listed. */
export const taskView: ListView = {
  header: {
    ID: 'ID',
    Name: 'NAME',
    Image: 'IMAGE',
    Node: 'NODE',
    DesiredState: 'DESIRED STATE',
    CurrentState: 'CURRENT STATE',
    Error: 'ERROR',
    Ports: 'PORTS',
  },
  template: taskTemplate,
  configKey: 'tasksFormat',
}

const longestError = 30

/** The template that `format` stands for (docker/cli command/task newTaskFormat). */
function taskTemplate(format: string, quiet: boolean): string {
  if (format === '' || format === 'table') {
    return quiet
      ? '{{.ID}}'
      : 'table {{.ID}}\t{{.Name}}\t{{.Image}}\t{{.Node}}\t{{.DesiredState}}\t{{.CurrentState}}\t{{.Error}}\t{{.Ports}}'
  }
  if (format !== 'raw') return format
  return quiet
    ? 'id: {{.ID}}'
    : 'id: {{.ID}}\nname: {{.Name}}\nimage: {{.Image}}\nnode: {{.Node}}\ndesired_state: {{.DesiredState}}\ncurrent_state: {{.CurrentState}}\nerror: {{.Error}}\nports: {{.Ports}}\n'
}

/** One task with the names that its IDs stand for. */
export interface TaskRow {
  readonly task: SwarmTask
  readonly name: string
  readonly node: string
}

interface Row extends TaskRow {
  readonly truncate: boolean
  readonly now: Date
}

const taskContext = methods<Row>(
  '*task.taskContext',
  {
    ID: ({ task, truncate }) => (truncate ? shortId(task.ID) : task.ID),
    Name: ({ name }) => name,
    Image: ({ task, truncate }) => {
      const image = task.Spec?.ContainerSpec?.Image ?? ''
      return truncate ? imageWithoutDigest(image) : image
    },
    Node: ({ node }) => node,
    DesiredState: ({ task }) => capitalized(task.DesiredState),
    CurrentState: ({ task: { Status: status }, now }) => {
      const instant = parseRFC3339(status?.Timestamp || '0001-01-01T00:00:00Z')!
      const since = now.getTime() - (instant.seconds * 1000 + instant.nanoseconds / 1e6)
      return `${capitalized(status?.State)} ${humanDuration(since).toLowerCase()} ago`
    },
    Error: ({ task, truncate }) => {
      const text = task.Status?.Err ?? ''
      return text === '' ? '' : `"${truncate ? ellipsis(text, longestError) : text}"`
    },
    Ports: ({ task }) =>
      (task.Status?.PortStatus?.Ports ?? [])
        .map((port) => `*:${port.PublishedPort ?? 0}->${port.TargetPort ?? 0}/${port.Protocol ?? ''}`)
        .join(','),
  },
  ['trunc', 'task', 'name', 'node'],
)

/** The rows of a list. */
export function taskRows(rows: readonly TaskRow[], options: { truncate: boolean; now: Date }): Value[] {
  return rows.map((row) => value(taskContext, { ...row, ...options }))
}
