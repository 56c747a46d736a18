import type { ComposeConfig } from '../../compose/types.ts'
import type { Context } from '../../context.ts'
import { isEngineError } from '../../engine/errors.ts'
import type { NetworkCreateBody } from '../../engine/types/network.ts'
import type { SecretConfigSpec } from '../../engine/types/swarm.ts'
import { cliError, messageOf, wrap } from '../../errors/cli-error.ts'
import { quote } from '../../go/quote.ts'
import { isUserDefinedNetwork } from '../../parse/network.ts'
import { toNetworks } from './_convert/networks.ts'
import { toSecretConfigSpecs } from './_convert/secrets-configs.ts'
import { type DeployOptions, deployServices } from './_deploy-services.ts'
import { readFile } from './_load.ts'
import { stackFilters, unscoped } from './_namespace.ts'
import { removeServices } from './_remove.ts'

/**
 * Makes or changes what a stack is of: networks, secrets and configs first, for the services use them. Gives the IDs of the
 * services; throws at the first thing that fails (docker/cli command/stack deployCompose).
 */
export async function deployStack(
  context: Context,
  stack: string,
  config: ComposeConfig,
  options: DeployOptions & { prune?: boolean | undefined },
): Promise<string[]> {
  await checkManager(context)
  if (options.prune === true) await pruneServices(context, stack, new Set(config.services.map(({ name }) => name)))
  const { create, external } = toNetworks(stack, config.networks, config.services)
  await checkExternalNetworks(context, external)
  await createNetworks(context, stack, create)
  for (const kind of ['secret', 'config'] as const) {
    const read = (filename: string): Promise<Uint8Array> => readFile(context, filename)
    await createFiles(context, kind, await toSecretConfigSpecs(kind, stack, config[`${kind}s`], read))
  }
  return deployServices(context, stack, config, options)
}

/** Asks before there is anything made, since a network fails with a status that does not say why. */
async function checkManager({ engine, program, signal }: Context): Promise<void> {
  const { Swarm } = await (await engine()).system.info({ signal })
  if (Swarm?.ControlAvailable === true) return
  throw cliError(
    `this node is not a swarm manager. Use "${program} swarm init" or "${program} swarm join" to connect this node to swarm and try again`,
  )
}

/** Removes the stack's services that are not in `names`, the names of its files; what cannot be removed does not stop the rest. */
async function pruneServices(context: Context, stack: string, names: ReadonlySet<string>): Promise<void> {
  const { err, signal } = context
  const { services } = await context.engine()
  const found = await services.list({ filters: stackFilters(stack), signal }).catch((error: unknown) => {
    signal.throwIfAborted()
    err.line(`Failed to list services: ${messageOf(error)}`)
    return []
  })
  await removeServices(
    context,
    found.filter(({ Spec }) => !names.has(unscoped(stack, Spec?.Name ?? ''))),
  )
}

/** Throws for a network that is not there, or not on every node of the swarm. */
async function checkExternalNetworks({ engine, signal }: Context, names: readonly string[]): Promise<void> {
  const { networks } = await engine()
  // Those of every daemon's own are on each node.
  for (const name of names.filter(isUserDefinedNetwork)) {
    const { Scope } = await networks.inspect(name, { signal }).catch((error: unknown) => {
      if (!isEngineError(error, 404)) throw error
      throw cliError(
        `network ${quote(name)} is declared as external, but could not be found. You need to create a swarm-scoped network before the stack is deployed`,
      )
    })
    if (Scope === 'swarm') continue
    throw cliError(
      `network ${quote(name)} is declared as external, but it is not in the right scope: ${quote(Scope)} instead of "swarm"`,
    )
  }
}

async function createNetworks(
  { engine, out, signal }: Context,
  stack: string,
  wanted: readonly NetworkCreateBody[],
): Promise<void> {
  const { networks } = await engine()
  const found = await networks.list({ filters: stackFilters(stack), signal })
  const existing = new Set(found.map(({ Name }) => Name))
  for (const body of wanted.filter(({ Name }) => !existing.has(Name))) {
    out.line(`Creating network ${body.Name}`)
    await networks.create(body, { signal }).catch((error: unknown) => {
      throw wrap(error, `failed to create network ${body.Name}`)
    })
  }
}

/** Creates secrets or configs, and brings the labels of those that are there up to date: their data never changes. */
async function createFiles(
  { engine, out, signal }: Context,
  kind: 'secret' | 'config',
  specs: readonly SecretConfigSpec[],
): Promise<void> {
  const resource = (await engine())[`${kind}s`]
  for (const spec of specs) {
    const existing = await resource.inspect(spec.Name, { signal }).catch((error: unknown) => {
      if (!isEngineError(error, 404)) throw error
    })
    if (existing === undefined) out.line(`Creating ${kind} ${spec.Name}`)
    try {
      if (existing === undefined) await resource.create(spec, { signal })
      else await resource.update(existing.ID, existing.Version?.Index ?? 0, spec, { signal })
    } catch (error) {
      throw wrap(error, `failed to ${existing === undefined ? 'create' : 'update'} ${kind} ${spec.Name}`)
    }
  }
}
