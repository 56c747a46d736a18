import { type CompletionValues, directives, type Typed } from '../../cli/directives.ts'
import type { Context } from '../../context.ts'
import type { ContainerSummary } from '../../engine/types/container.ts'
import { dictionary } from '../../go/dictionary.ts'
import { cut } from '../../parse/cut.ts'
import { beginnings, files, folders, nothing, onlyBeginnings, type Source, values } from './answer.ts'
import * as composite from './composite.ts'
import { cacheSources, commaFields, keys, lists } from './lists.ts'
import * as names from './names.ts'

/** Who answers for what the `complete` of a flag or command names. */
export const sources = dictionary<Source>({
  ...mapValues(lists, (list) => () => values(list.split(' '))),
  ...mapValues(keys, (list) => () => beginnings(composite.keysOf(list))),
  ...mapValues(commaFields, composite.commaFields),
  files: () => files,
  folders: () => folders,
  'container-all': whole((context) => names.containerNames(context, true)),
  'container-running': whole((context) => names.containerNames(context, false)),
  'container-unpaused': whole((context) => names.containerNames(context, false, ({ State }) => State !== 'paused')),
  'container-paused': whole((context) => names.containerNames(context, false, ({ State }) => State === 'paused')),
  'container-stopped': whole((context) => names.containerNames(context, true, isStopped)),
  'container-to-remove': containersToRemove,
  'container-first': async (context, { args }) =>
    args.length > 0 ? nothing : values(await names.containerNames(context, true)),
  'container-links': async (context) =>
    beginnings((await names.containerNames(context, true)).map((name) => `${name}:`)),
  'container-paths': containerPaths,
  'network-then-container': (context, typed) => networkThenContainer(context, typed, false),
  'network-then-connected': (context, typed) => networkThenContainer(context, typed, true),
  images: whole(names.imageNames),
  'images-and-repositories': async (context) => onlyBeginnings(await names.imageNamesAndRepositories(context)),
  networks: whole(names.networkNames),
  'network-modes': composite.networkModes,
  volumes: whole(names.volumeNames),
  'volume-mounts': async (context) => beginnings((await names.volumeNames(context)).map((name) => `${name}:`)),
  nodes: async (context) => values([...(await names.nodeNames(context)), 'self']),
  services: whole(names.serviceNames),
  'services-to-scale': async (context) => onlyBeginnings((await names.serviceNames(context)).map((name) => `${name}=`)),
  stacks: whole(names.stackNames),
  secrets: whole((context) => names.swarmFileNames(context, 'secrets')),
  configs: whole((context) => names.swarmFileNames(context, 'configs')),
  'name-then-file': (_, { args, typed }) => (args.length > 0 ? files : values(typed === '' ? [] : [typed])),
  contexts: whole(names.contextNames),
  'context-to-export': (context, { args }) => (args.length > 0 ? files : whole(names.contextNames)(context)),
  plugins: whole((context) => names.pluginNames(context)),
  'plugins-enabled': whole((context) => names.pluginNames(context, true)),
  'plugins-disabled': whole((context) => names.pluginNames(context, false)),
  objects: objectNames,
  'env-names': ({ env }) => values(Object.keys(env)),
  'ipc-modes': composite.namespaceModes(['host', 'none', 'private', 'shareable']),
  'pid-modes': composite.namespaceModes(['host']),
  'security-options': composite.securityOptions,
  'log-options': composite.loggingOptions,
  'log-drivers': (context) => drivers(context, 'Log', ['json-file', 'local', 'none', 'syslog', 'journald', 'fluentd']),
  'volume-drivers': (context) => drivers(context, 'Volume', ['local']),
  'network-drivers': (context) => drivers(context, 'Network', ['bridge', 'host', 'ipvlan', 'macvlan', 'overlay']),
  constraints: composite.constraints,
  'event-filters': composite.eventFilters,
  'service-filters': composite.serviceFilters,
  'service-task-filters': composite.serviceTaskFilters,
  'node-task-filters': composite.nodeTaskFilters,
  'build-cache-sources': buildCacheSources,
  'build-ssh': () => values(['default']),
  'detach-keys': () => beginnings(['ctrl-']),
})

/** What `source` offers; nothing where it is not known or the daemon does not answer, for a shell is waiting. */
export async function completionValues(context: Context, source: string, typed: Typed): Promise<CompletionValues> {
  try {
    const answer = await (sources[source] ?? (() => nothing))(context, typed)
    return { ...answer, values: answer.values.filter((value) => !typed.args.includes(cut(value, '\t').before)) }
  } catch {
    return { values: [], directive: directives.error }
  }
}

function whole(list: (context: Context) => Promise<readonly string[]>) {
  return async (context: Context): Promise<CompletionValues> => values(await list(context))
}

function mapValues<V, T>(record: Readonly<Record<string, V>>, make: (value: V) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, make(value)]))
}

function isStopped({ State }: ContainerSummary): boolean {
  return State === 'exited' || State === 'created'
}

async function containersToRemove(context: Context, { options }: Typed): Promise<CompletionValues> {
  if (options['link'] !== undefined) return values(await names.linkNames(context))
  return values(await names.containerNames(context, true, options['force'] === undefined ? isStopped : undefined))
}

/** `CONTAINER:` to type a path after, or a file here. */
async function containerPaths(context: Context, { typed, args }: Typed): Promise<CompletionValues> {
  if (typed.includes(':') || typed.includes('/')) return files
  // One of the two is a container's, so that the other is not.
  if (args.some((arg) => arg.includes(':'))) return files
  return beginnings((await names.containerNames(context, true)).map((name) => `${name}:`))
}

async function networkThenContainer(context: Context, { args }: Typed, connected: boolean): Promise<CompletionValues> {
  const [network] = args
  if (network === undefined) return values(await names.networkNames(context))
  const wanted = ({ NetworkSettings }: ContainerSummary): boolean =>
    Object.hasOwn(NetworkSettings?.Networks ?? {}, network) === connected
  return values(await names.containerNames(context, true, wanted))
}

async function drivers(context: Context, kind: 'Log' | 'Volume' | 'Network', known: readonly string[]) {
  try {
    const { Plugins } = await (await context.engine()).system.info({ signal: context.signal })
    return values(Plugins?.[kind] ?? [])
  } catch {
    return values(known)
  }
}

/** An image, or fields that name another kind of cache. */
async function buildCacheSources(context: Context, typed: Typed): Promise<CompletionValues> {
  const isKind = typed.typed !== '' && 'type='.startsWith(typed.typed.slice(0, 'type='.length))
  if (isKind) return composite.commaFields(cacheSources)(context, typed)
  return values(await names.imageNames(context))
}

/** The names of the objects that `inspect --type` means. */
async function objectNames(context: Context, { options }: Typed): Promise<CompletionValues> {
  const list = objects[options['type'] ?? '']
  return list === undefined ? nothing : values(await list(context))
}

const objects = dictionary<(context: Context) => Promise<readonly string[]>>({
  config: (context) => names.swarmFileNames(context, 'configs'),
  container: (context) => names.containerNames(context, true),
  image: names.imageNames,
  network: names.networkNames,
  node: names.nodeNames,
  plugin: (context) => names.pluginNames(context),
  secret: (context) => names.swarmFileNames(context, 'secrets'),
  service: names.serviceNames,
  task: names.taskNames,
  volume: names.volumeNames,
})
