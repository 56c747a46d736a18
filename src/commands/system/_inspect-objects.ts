import type { Engine } from '../../engine/engine.ts'
import { objectId } from '../../engine/path.ts'
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
    type: async () => (await import('../../wire/container.ts')).containerInspect,
  },
  {
    name: 'image',
    describe: ({ images }, id, { signal }) => images.inspectText(id, { signal }),
    type: async () => (await import('../../wire/image.ts')).imageInspect,
  },
  {
    name: 'network',
    describe: ({ networks }, id, { signal }) => networks.inspectText(id, { signal }),
    type: async () => (await import('../../wire/network.ts')).networkInspect,
  },
  {
    name: 'volume',
    describe: ({ volumes }, id, { signal }) => volumes.inspectText(id, { signal }),
    type: async () => (await import('../../wire/volume.ts')).volume,
  },
  {
    name: 'service',
    inSwarm: true,
    describe: get('service', (id) => `/services/${id}`, { insertDefaults: '1' }),
    type: async () => (await import('../../wire/swarm-service.ts')).service,
  },
  {
    name: 'task',
    inSwarm: true,
    describe: get('task', (id) => `/tasks/${id}`),
    type: async () => (await import('../../wire/swarm-task.ts')).swarmTask,
  },
  {
    name: 'node',
    inSwarm: true,
    describe: get('node', (id) => `/nodes/${id}`),
    type: async () => (await import('../../wire/swarm-node.ts')).node,
  },
  {
    name: 'plugin',
    describe: get('plugin', (id) => `/plugins/${id}/json`),
    type: async () => (await import('../../wire/plugin.ts')).plugin,
  },
  {
    name: 'secret',
    inSwarm: true,
    describe: get('secret', (id) => `/secrets/${id}`),
    type: async () => (await import('../../wire/swarm-secret.ts')).swarmSecret,
  },
  {
    name: 'config',
    inSwarm: true,
    describe: get('config', (id) => `/configs/${id}`),
    type: async () => (await import('../../wire/swarm-secret.ts')).swarmConfig,
  },
]

function get(kind: string, path: (id: string) => string, query: Record<string, string> = {}): ObjectKind['describe'] {
  return (engine, id, { signal }) => engine.text({ path: path(objectId(kind, id)), query, signal })
}
