import type { ComposeConfig, Service } from '../../compose/types.ts'
import { registryAuth } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import type { Sendable } from '../../engine/sendable.ts'
import type { ServiceSpec, SwarmService } from '../../engine/types/service.ts'
import { wrap } from '../../errors/cli-error.ts'
import { compareStrings } from '../../go/strings.ts'
import { parseReference } from '../../parse/reference.ts'
import { withIds } from '../_references.ts'
import { withImage } from '../service/_image.ts'
import { toConfigs, toSecrets, type WithIds } from '../service/_spec/references.ts'
import { configReferences, secretReferences } from './_convert/references.ts'
import { imageLabel, toServiceSpec } from './_convert/service.ts'
import { stackFilters } from './_namespace.ts'

export interface DeployOptions {
  /** When the registry is asked for an image's digest; `changed` is for an image that the files did not ask for before. */
  readonly resolveImage: 'always' | 'changed' | 'never'
  readonly withRegistryAuth?: boolean | undefined
}

type Spec = Sendable<ServiceSpec>

/** Creates or updates the services of a stack and gives their IDs; nothing of them is done before all can be. */
export async function deployServices(
  context: Context,
  stack: string,
  config: ComposeConfig,
  options: DeployOptions,
): Promise<string[]> {
  const specs: Spec[] = []
  for (const service of config.services) specs.push(await specOf(context, stack, config, service))
  const { services } = await context.engine()
  const found = await services.list({ filters: stackFilters(stack), signal: context.signal })
  const existing = new Map(found.map((service) => [service.Spec?.Name, service]))
  const authOf = options.withRegistryAuth === true ? authByRegistry(context) : async () => undefined
  const ids: string[] = []
  for (const spec of specs) {
    const auth = await authOf(spec.TaskTemplate?.ContainerSpec?.Image ?? '')
    const service = existing.get(spec.Name)
    const deploy = { spec, auth, resolveImage: options.resolveImage }
    ids.push(
      service === undefined ? await createService(context, deploy) : await updateService(context, service, deploy),
    )
  }
  return ids
}

/** Gives the credentials for an image's registry, which are looked up once for all images of it. */
function authByRegistry(context: Context): (image: string) => Promise<string> {
  const known = new Map<string, string>()
  return async (image) => {
    const { domain } = parseReference(image)
    const auth = known.get(domain) ?? (await registryAuth(context, domain))
    known.set(domain, auth)
    return auth
  }
}

async function specOf(context: Context, stack: string, config: ComposeConfig, service: Service): Promise<Spec> {
  try {
    const find: WithIds = async (kind, references) => sorted(await withIds(context, kind, references))
    const secrets = await toSecrets(secretReferences(stack, config.secrets, service), find)
    const { files, runtime } = configReferences(stack, config.configs, service)
    const configs = await toConfigs(files, runtime, find)
    return toServiceSpec(stack, config, service, { secrets, configs })
  } catch (error) {
    context.signal.throwIfAborted()
    throw wrap(error, `service ${service.name}`)
  }
}

/** In one order, whatever the files': another one would be another specification, and restart the service. */
function sorted<T extends { readonly name: string }>(references: readonly T[]): T[] {
  return references.toSorted((a, b) => compareStrings(a.name, b.name))
}

/** A service to deploy. */
interface Deployment {
  readonly spec: Spec
  readonly auth: string | undefined
  readonly resolveImage: DeployOptions['resolveImage']
}

async function createService(context: Context, { spec, auth, resolveImage }: Deployment): Promise<string> {
  const { signal } = context
  context.out.line(`Creating service ${spec.Name}`)
  try {
    const { services } = await context.engine()
    const { spec: pinned } = await withImage(context, spec, { resolve: resolveImage !== 'never', registryAuth: auth })
    return (await services.create(pinned, { registryAuth: auth, signal })).ID
  } catch (error) {
    signal.throwIfAborted()
    throw wrap(error, `failed to create service ${spec.Name}`)
  }
}

async function updateService(
  context: Context,
  service: SwarmService,
  { spec, auth, resolveImage }: Deployment,
): Promise<string> {
  const { signal } = context
  context.out.line(`Updating service ${spec.Name} (id: ${service.ID})`)
  try {
    const { services } = await context.engine()
    const lookup = { resolve: asksRegistry(resolveImage, service, spec), registryAuth: auth }
    const { spec: pinned, warnings } = await withImage(context, keepingImage(service, spec, lookup.resolve), lookup)
    const options = { registryAuth: auth, signal }
    const said = await services.update(service.ID, service.Version?.Index ?? 0, pinned, options)
    for (const warning of [...warnings, ...said]) context.err.line(warning)
    return service.ID
  } catch (error) {
    signal.throwIfAborted()
    throw wrap(error, `failed to update service ${spec.Name}`)
  }
}

function asksRegistry(resolveImage: DeployOptions['resolveImage'], service: SwarmService, spec: Spec): boolean {
  return resolveImage === 'always' || (resolveImage === 'changed' && !hasSameImage(service, spec))
}

/** Whether the files ask for the image that they asked for when the service was deployed. */
function hasSameImage({ Spec }: SwarmService, spec: Spec): boolean {
  return spec.TaskTemplate?.ContainerSpec?.Image === (Spec?.Labels?.[imageLabel] ?? '')
}

/**
 * The specification with what would restart the service although its file has not changed as the service has it: the count of
 * forced updates and, where the registry is not asked again, the digest that was found before.
 */
function keepingImage(service: SwarmService, spec: Spec, asked: boolean): Spec {
  const task = spec.TaskTemplate ?? {}
  const before = service.Spec?.TaskTemplate
  const image = !asked && hasSameImage(service, spec) ? { Image: before?.ContainerSpec?.Image ?? '' } : {}
  return {
    ...spec,
    TaskTemplate: {
      ...task,
      ContainerSpec: { ...task.ContainerSpec, ...image },
      ForceUpdate: before?.ForceUpdate ?? 0,
    },
  }
}
