import type { Engine } from '../../engine/engine.ts'
import { objectId } from '../../engine/path.ts'
import type { Wire } from '../../engine/reply.ts'
import { wires } from '../../engine/wires.ts'
import type { Type } from '../../go/types.ts'

/** A kind of object that `inspect` can describe. */
export interface ObjectKind {
  readonly name: string
  /** Only a manager of a swarm knows it. */
  readonly inSwarm?: boolean
  readonly describe: (engine: Engine, id: string, options: { size: boolean; signal: AbortSignal }) => Promise<string>
  readonly type: () => Promise<Type>
}

/** All kinds, in the order in which `inspect` tries them (docker/cli cli/command/system inspect.go). */
export const objectKinds: readonly ObjectKind[] = [
  {
    name: 'container',
    describe: ({ containers }, id, options) => containers.inspectText(id, options),
    type: wires.container,
  },
  {
    name: 'image',
    describe: ({ images }, id, { signal }) => images.inspectText(id, { signal }),
    type: wires.image,
  },
  {
    name: 'network',
    describe: ({ networks }, id, { signal }) => networks.inspectText(id, { signal }),
    type: wires.network,
  },
  {
    name: 'volume',
    describe: ({ volumes }, id, { signal }) => volumes.inspectText(id, { signal }),
    type: wires.volume,
  },
  {
    name: 'service',
    inSwarm: true,
    describe: get('service', wires.service, (id) => `/services/${id}`, { insertDefaults: '1' }),
    type: wires.service,
  },
  {
    name: 'task',
    inSwarm: true,
    describe: get('task', wires.task, (id) => `/tasks/${id}`),
    type: wires.task,
  },
  {
    name: 'node',
    inSwarm: true,
    describe: get('node', wires.node, (id) => `/nodes/${id}`),
    type: wires.node,
  },
  {
    name: 'plugin',
    describe: get('plugin', wires.plugin, (id) => `/plugins/${id}/json`),
    type: wires.plugin,
  },
  {
    name: 'secret',
    inSwarm: true,
    describe: get('secret', wires.secret, (id) => `/secrets/${id}`),
    type: wires.secret,
  },
  {
    name: 'config',
    inSwarm: true,
    describe: get('config', wires.config, (id) => `/configs/${id}`),
    type: wires.config,
  },
]

function get(
  kind: string,
  wire: Wire,
  path: (id: string) => string,
  query: Record<string, string> = {},
): ObjectKind['describe'] {
  return (engine, id, { signal }) => engine.text({ path: path(objectId(kind, id)), query, signal }, wire)
}
