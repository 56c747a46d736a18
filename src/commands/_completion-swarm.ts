import type { Offer } from '../cli/program.ts'
import type { Context } from '../context.ts'
import { cut } from '../parse/cut.ts'
import type { Source } from './_completion-values.ts'

/** What completes the names of a swarm's objects, and the values of what they are filtered by. */
export const swarmSources = {
  // `self` is the node whose daemon is asked.
  nodes: async (context) => [...(await nodeNames(context, 'DOCKER_COMPLETION_SHOW_NODE_IDS')), 'self'],
  services: (context) => serviceNames(context, 'DOCKER_COMPLETION_SHOW_SERVICE_IDS'),
  'services-to-scale': async (context) => {
    const names = await serviceNames(context, 'DOCKER_COMPLETION_SHOW_SERVICE_IDS')
    return { words: names.map((name) => `${name}=`), partial: true }
  },
  configs: async ({ engine, signal }) => names(await (await engine()).configs.list({ signal })),
  secrets: async ({ engine, signal }) => names(await (await engine()).secrets.list({ signal })),
  constraints: async (context) => [
    ...roles.map((role) => `node.role==${role}`),
    ...(await nodeNames(context)).map((name) => `node.hostname==${name}`),
  ],
  // After the name comes a file, which the shell knows better.
  'file-after-name': (_context, args) => (args.length === 1 ? { words: [], files: true } : []),
  'service-filters': (context, _args, typed) =>
    filterOffer(typed, {
      id: () => serviceNames(context),
      label: none,
      mode: () => modes,
      name: () => serviceNames(context),
    }),
  'service-task-filters': (context, _args, typed) =>
    filterOffer(typed, { 'desired-state': () => taskStates, id: none, name: none, node: () => nodeNames(context) }),
  'node-task-filters': (_context, _args, typed) =>
    filterOffer(typed, { 'desired-state': () => taskStates, id: none, label: none, name: none }),
  'service-modes': () => modes,
  'node-availability': () => ['active', 'drain', 'pause'],
  'node-roles': () => roles,
  'restart-conditions': () => ['none', 'on-failure', 'any'],
  'endpoint-modes': () => ['vip', 'dnsrr'],
  'update-orders': () => ['start-first', 'stop-first'],
  'update-failure-actions': () => ['pause', 'continue', 'rollback'],
  'rollback-failure-actions': () => ['pause', 'continue'],
} satisfies Record<string, Source>

const roles = ['manager', 'worker']
const modes = ['replicated', 'global', 'replicated-job', 'global-job']
const taskStates = ['running', 'shutdown', 'accepted']

/** For a key whose values nobody can list. */
const none = (): readonly string[] => []

/** The keys of a filter, or behind `KEY=` its values. */
async function filterOffer(
  typed: string,
  values: Readonly<Record<string, () => readonly string[] | Promise<readonly string[]>>>,
): Promise<Offer> {
  const { before: key, found } = cut(typed, '=')
  if (!found || !Object.hasOwn(values, key))
    return { words: Object.keys(values).map((name) => `${name}=`), partial: true }
  return { words: ((await values[key]?.()) ?? []).map((value) => `${key}=${value}`) }
}

/** Names of nodes, and their IDs where the variable `showIds` is `yes`. */
async function nodeNames({ engine, env, signal }: Context, showIds = ''): Promise<string[]> {
  const nodes = await (await engine()).nodes.list({ signal })
  const ids = env[showIds] === 'yes'
  return nodes.flatMap(({ ID, Description }) => [
    ...(Description?.Hostname ? [Description.Hostname] : []),
    ...(ids ? [ID] : []),
  ])
}

/** Names of services, and their IDs where the variable `showIds` is `yes`. */
async function serviceNames({ engine, env, signal }: Context, showIds = ''): Promise<string[]> {
  const services = await (await engine()).services.list({ signal })
  const ids = env[showIds] === 'yes'
  return services.flatMap(({ ID, Spec }) => [...(Spec?.Name ? [Spec.Name] : []), ...(ids ? [ID] : [])])
}

function names(objects: readonly { Spec?: { Name?: string } }[]): string[] {
  return objects.flatMap(({ Spec }) => Spec?.Name ?? [])
}
