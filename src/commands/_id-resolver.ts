import type { Context } from '../context.ts'

/** Gives the name of a swarm's node or service. */
export type IdResolver = (kind: 'node' | 'service', id: string) => Promise<string>

/** Gives names for IDs, each asked for once; the ID itself where the daemon does not know or nobody is to be asked (docker/cli idresolver). */
export function idResolver(context: Context, disabled: boolean): IdResolver {
  const known = new Map<string, string>()
  return async (kind, id) => {
    if (disabled) return id
    let name = known.get(id)
    if (name === undefined) {
      try {
        name = kind === 'node' ? await nodeName(context, id) : await serviceName(context, id)
      } catch {
        context.signal.throwIfAborted()
        name = id
      }
      known.set(id, name)
    }
    return name
  }
}

async function nodeName({ engine, signal }: Context, id: string): Promise<string> {
  const { Spec, Description } = await (await engine()).nodes.inspect(id, { signal })
  return Spec?.Name || Description?.Hostname || id
}

async function serviceName({ engine, signal }: Context, id: string): Promise<string> {
  const service = await (await engine()).services.inspect(id, { signal })
  return service.Spec?.Name ?? ''
}
