import type { Context } from '../../context.ts'
import type { ContainerSummary } from '../../engine/types/container.ts'
import { compareNatural } from '../../format/natural.ts'

/** The names of containers, and their IDs where DOCKER_COMPLETION_SHOW_CONTAINER_IDS asks for them. */
export async function containerNames(
  context: Context,
  all: boolean,
  wanted: (container: ContainerSummary) => boolean = () => true,
): Promise<string[]> {
  const { containers } = await context.engine()
  const found: ContainerSummary[] = await containers.list({ all, signal: context.signal })
  const ids = showsIds(context, 'CONTAINER')
  return found.filter(wanted).flatMap(({ Id, Names }) => {
    // A name with a second slash is another container's link to this one.
    const names = (Names ?? []).map((name) => name.slice(1)).filter((name) => name !== '' && !name.includes('/'))
    return ids ? [Id, ...names] : names
  })
}

/** The links between containers, `web/db`. */
export async function linkNames(context: Context): Promise<string[]> {
  const { containers } = await context.engine()
  const found: ContainerSummary[] = await containers.list({ all: true, signal: context.signal })
  return found.flatMap(({ Names }) => (Names ?? []).map((name) => name.slice(1)).filter((name) => name.includes('/')))
}

/** The references of images. */
export async function imageNames(context: Context): Promise<string[]> {
  const { images } = await context.engine()
  return (await images.list({ signal: context.signal })).flatMap((image) => image.RepoTags ?? [])
}

/** The references of images, and the repositories that have several of them. */
export async function imageNamesAndRepositories(context: Context): Promise<string[]> {
  const names = await imageNames(context)
  const once = new Set<string>()
  const several = new Set<string>()
  for (const name of names) {
    const repository = name.slice(0, name.lastIndexOf(':'))
    ;(once.has(repository) ? several : once).add(repository)
  }
  return [...names, ...several]
}

/** The names of networks. */
export async function networkNames(context: Context): Promise<string[]> {
  const { networks } = await context.engine()
  return (await networks.list({ signal: context.signal })).map(({ Name }) => Name)
}

/** The names of volumes. */
export async function volumeNames(context: Context): Promise<string[]> {
  const { volumes } = await context.engine()
  return (await volumes.list({ signal: context.signal })).map(({ Name }) => Name)
}

/** The host names of a swarm's nodes, and their IDs where DOCKER_COMPLETION_SHOW_NODE_IDS asks for them. */
export async function nodeNames(context: Context): Promise<string[]> {
  const { nodes } = await context.engine()
  const ids = showsIds(context, 'NODE')
  const found = await nodes.list({ signal: context.signal })
  return found.flatMap(({ ID, Description }) => [
    ...(Description?.Hostname ? [Description.Hostname] : []),
    ...(ids ? [ID] : []),
  ])
}

/** The names of services, and their IDs where DOCKER_COMPLETION_SHOW_SERVICE_IDS asks for them. */
export async function serviceNames(context: Context): Promise<string[]> {
  const { services } = await context.engine()
  const ids = showsIds(context, 'SERVICE')
  const found = await services.list({ signal: context.signal })
  return found.flatMap(({ ID, Spec }) => [...(Spec?.Name ? [Spec.Name] : []), ...(ids ? [ID] : [])])
}

/** The names of tasks, `web.1`. */
export async function taskNames(context: Context): Promise<string[]> {
  const { services } = await context.engine()
  const [tasks, found] = await Promise.all([
    services.tasks({ signal: context.signal }),
    services.list({ signal: context.signal }),
  ])
  const names = new Map(found.map(({ ID, Spec }) => [ID, Spec?.Name]))
  return tasks.flatMap(({ ServiceID = '', Slot, NodeID }) => {
    const name = names.get(ServiceID)
    return name === undefined ? [] : [`${name}.${Slot || NodeID}`]
  })
}

/** The names of a swarm's secrets or configs. */
export async function swarmFileNames(context: Context, kind: 'secrets' | 'configs'): Promise<string[]> {
  const engine = await context.engine()
  return (await engine[kind].list({ signal: context.signal })).flatMap(({ Spec }) => Spec?.Name ?? [])
}

/** The names of the engine's plugins, only those `enabled` or not where it is given. */
export async function pluginNames(context: Context, enabled?: boolean): Promise<string[]> {
  const { plugins } = await context.engine()
  const filters = enabled === undefined ? {} : { enabled: [String(enabled)] }
  return (await plugins.list({ filters, signal: context.signal })).map(({ Name }) => Name)
}

/** The names of stacks. */
export async function stackNames(context: Context): Promise<string[]> {
  const { listStacks } = await import('../stack/_stacks.ts')
  return (await listStacks(context)).map(({ name }) => name)
}

/** The names of contexts, the current one marked. */
export async function contextNames(context: Context): Promise<string[]> {
  const [{ ContextStore }, { resolveContextName }] = await Promise.all([
    import('../../contexts/store.ts'),
    import('../../connection/endpoint.ts'),
  ])
  const current = await resolveContextName(context)
  const stored = new ContextStore(context).list().map(({ Name }) => Name)
  return stored.toSorted(compareNatural).map((name) => (name === current ? `${name}\tcurrent` : name))
}

function showsIds(context: Context, kind: string): boolean {
  return context.env[`DOCKER_COMPLETION_SHOW_${kind}_IDS`] === 'yes'
}
