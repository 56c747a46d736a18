import type { CompletionValues, Typed } from '../../cli/directives.ts'
import type { Context } from '../../context.ts'
import { cut } from '../../parse/cut.ts'
import { beginnings, nothing, onlyBeginnings, values } from './answer.ts'
import { eventActions, eventTypes, lists, logOptions } from './lists.ts'
import { containerNames, imageNames, networkNames, nodeNames, serviceNames, volumeNames } from './names.ts'

/** `container:NAME` or one of `modes`, for `--ipc` and `--pid` (docker/cli completeIpc, completePid). */
export function namespaceModes(modes: readonly string[]) {
  return async (context: Context, { typed }: Typed): Promise<CompletionValues> => {
    if (typed.startsWith('container:')) return values(prefixed('container:', await containerNames(context, true)))
    if (typed !== '' && 'container:'.startsWith(typed)) return beginnings(['container:'])
    return values(['container:', ...modes])
  }
}

/** The networks, or the container whose network it is. */
export async function networkModes(context: Context, { typed }: Typed): Promise<CompletionValues> {
  if (typed.startsWith('container:')) return values(prefixed('container:', await containerNames(context, true)))
  return values(await networkNames(context))
}

/** The kinds of security options, and the values of those that are known (docker/cli completeSecurityOpt). */
export function securityOptions(_: Context, { typed }: Typed): CompletionValues {
  if (typed.startsWith('label=d')) return values(['label=disable'])
  if (typed.startsWith('label='))
    return onlyBeginnings(prefixed('label=', ['disable', 'level:', 'role:', 'type:', 'user:']))
  if (typed.startsWith('seccomp=')) return values(['seccomp=unconfined'])
  const begun = ['apparmor=', 'label=', 'seccomp='].find((name) => name.startsWith(typed))
  // With one letter, s may become systempaths, too.
  if (begun !== undefined && typed.length > (begun === 'seccomp=' ? 1 : 0)) return beginnings([begun])
  return values(['apparmor=', 'label=', 'no-new-privileges', 'seccomp=', 'systempaths=unconfined'])
}

/** The options of the logging driver that was named, or of all. */
export function loggingOptions(_: Context, { options }: Typed): CompletionValues {
  const driver = options['logDriver'] ?? ''
  if (Object.hasOwn(logOptions, driver)) return onlyBeginnings(keysOf(logOptions[driver]!))
  return beginnings(keysOf(Object.values(logOptions).join(' ')))
}

/** The next field of a comma-separated value: the names of `fields`, and the values of those that have known ones. */
export function commaFields(fields: Readonly<Record<string, string>>) {
  return (_: Context, { typed }: Typed): CompletionValues => {
    const before = typed.slice(0, typed.lastIndexOf(',') + 1)
    const { before: name, found } = cut(typed.slice(before.length), '=')
    if (found) return beginnings(prefixed(`${before}${name}=`, wordsOf(fields[`${name}=`] ?? '')))
    const given = before.split(',').map((each) => cut(each, '=').before)
    const names = Object.keys(fields).filter((each) => !given.includes(cut(each, '=').before))
    return beginnings(prefixed(before, names))
  }
}

/** Constraints on nodes: the attribute, then the values that are known. */
export async function constraints(context: Context, { typed }: Typed): Promise<CompletionValues> {
  const [, head = '', attribute = ''] = /^(([^=!]*)[=!]=)/.exec(typed) ?? []
  if (attribute === 'node.role') return values(prefixed(head, lists['node-roles'].split(' ')))
  if (attribute === 'node.hostname') return values(prefixed(head, await nodeNames(context)))
  if (attribute !== '') return nothing
  const names = ['node.hostname', 'node.id', 'node.platform.arch', 'node.platform.os', 'node.role'].map(
    (name) => `${name}==`,
  )
  return beginnings([...names, 'node.labels.', 'engine.labels.'])
}

/** What one key of a `--filter` takes; undefined for values that nobody can list. */
type FilterValues = ((context: Context) => Promise<readonly string[]> | readonly string[]) | undefined

/** The keys of a `--filter`, then the values of the key that is typed. */
export function filterValues(known: Readonly<Record<string, FilterValues>>) {
  return async (context: Context, { typed }: Typed): Promise<CompletionValues> => {
    const { before: key, found } = cut(typed, '=')
    const begun = Object.keys(known).map((each) => `${each}=`)
    if (!found) return beginnings(begun)
    if (!Object.hasOwn(known, key)) return onlyBeginnings(begun)
    const list = known[key]
    return list === undefined ? nothing : values(prefixed(`${key}=`, await list(context)))
  }
}

/** The filters of `events`. */
export const eventFilters = filterValues({
  container: (context) => containerNames(context, true),
  daemon: async (context) => {
    const { Name, ID } = await (await context.engine()).system.info({ signal: context.signal })
    return [Name, ID].filter((name) => name !== undefined)
  },
  event: () => eventActions.split(' '),
  image: imageNames,
  label: undefined,
  network: networkNames,
  node: nodeNames,
  scope: () => ['local', 'swarm'],
  type: () => eventTypes.split(' '),
  volume: volumeNames,
})

/** The filters of `service ls`. */
export const serviceFilters = filterValues({
  id: serviceNames,
  label: undefined,
  mode: () => lists['service-modes'].split(' '),
  name: serviceNames,
})

const desiredStates = (): string[] => ['running', 'shutdown', 'accepted']

/** The filters of `service ps`. */
export const serviceTaskFilters = filterValues({
  'desired-state': desiredStates,
  id: undefined,
  name: undefined,
  node: nodeNames,
})

/** The filters of `node ps`. */
export const nodeTaskFilters = filterValues({
  'desired-state': desiredStates,
  id: undefined,
  label: undefined,
  name: undefined,
})

/** Names that `=` comes after, once each. */
export function keysOf(names: string): string[] {
  return [...new Set(wordsOf(names))].map((name) => `${name}=`)
}

function wordsOf(text: string): string[] {
  return text.split(' ').filter((word) => word !== '')
}

function prefixed(prefix: string, list: readonly string[]): string[] {
  return list.map((value) => prefix + value)
}
