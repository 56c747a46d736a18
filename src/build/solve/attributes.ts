import { isTrue, parseBool } from '../../go/bool.ts'
import { wrap } from '../../errors/cli-error.ts'
import { quote } from '../../go/quote.ts'
import { cut } from '../../parse/cut.ts'
import type { BuildOptions } from '../flags/options.ts'
import { type Builder, notSupported } from './builder.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Attributes = Record<string, string>

/** Who is asked to make a build of a Dockerfile, and with what. */
export interface Frontend {
  readonly frontend: string
  readonly attributes: Attributes
}

/**
 * The frontend and what it is told of the options; where the files come from is for the inputs to say. Throws for what the
 * builder cannot do (buildx build/opt.go toSolveOpt).
 */
export function toFrontend(
  options: BuildOptions,
  builder: Builder,
  { env, proxies }: { env: Environment; proxies: readonly (readonly [string, string])[] },
): Frontend {
  const { buildArgs, platforms } = options
  if (platforms.length > 1 && !builder.hasContainerdStore) {
    throw notSupported('Multi-platform build', 'build-multi-platform')
  }
  const { frontend, ...syntax } = syntaxOf(buildArgs)
  const given = new Set(Object.keys(buildArgs).map((name) => name.toLowerCase()))
  return {
    frontend,
    attributes: {
      ...syntax,
      ...attestations(options, builder, env),
      ...(isTrue(buildArgs.BUILDKIT_MULTI_PLATFORM) && { 'multi-platform': 'true' }),
      ...prefixed('build-arg:', Object.fromEntries(proxies.filter(([name]) => !given.has(name.toLowerCase())))),
      ...prefixed('build-arg:', buildArgs),
      ...prefixed('label:', options.labels),
      'image-resolve-mode': options.pull ? 'pull' : 'local',
      ...cacheUse(options),
      ...named({ target: options.target, 'cgroup-parent': options.cgroupParent, platform: platforms.join(',') }),
      ...network(options.network),
      ...named({
        'add-hosts': extraHosts(options.extraHosts, builder),
        'shm-size': Number(options.shmSize) > 0 ? String(options.shmSize) : '',
        ulimit: options.ulimits.map(({ Name, Soft, Hard }) => `${Name}=${Soft}:${Hard}`).join(','),
      }),
      ...options.resources,
    },
  }
}

/** BUILDKIT_SYNTAX names an image that is the frontend. */
function syntaxOf({ BUILDKIT_SYNTAX: syntax }: Attributes): { frontend: string; source?: string; cmdline?: string } {
  if (syntax === undefined) return { frontend: 'dockerfile.v0' }
  const [source = ''] = syntax.trim().split(' ')
  if (source === '') {
    throw new Error(
      "empty BUILDKIT_SYNTAX build-arg is invalid, use --build-arg BUILDKIT_SYNTAX without '=' for optional behavior",
    )
  }
  return { frontend: 'gateway.v0', source, cmdline: syntax }
}

/** Provenance is made by default where it can be. */
function attestations({ attests }: BuildOptions, { hasContainerdStore }: Builder, env: Environment): Attributes {
  const wanted = [...attests].filter((one): one is [string, string] => one[1] !== undefined)
  if (wanted.length > 0 && !hasContainerdStore) throw notSupported('Attestation', 'attestations')
  const none = hasContainerdStore ? readSwitch(env, 'BUILDX_NO_DEFAULT_ATTESTATIONS') : true
  return {
    ...prefixed('attest:', Object.fromEntries(wanted)),
    ...(!attests.has('provenance') && !none && { 'attest:provenance': 'mode=min,inline-only=true' }),
  }
}

/** A variable that is a boolean, false where it is not set; throws where it is none. */
export function readSwitch(env: Environment, name: string): boolean {
  const value = env[name]
  if (value === undefined) return false
  try {
    return parseBool(value)
  } catch (error) {
    throw wrap(error, `invalid ${name}`)
  }
}

function cacheUse({ noCache, noCacheFilter }: BuildOptions): Attributes {
  return noCache || noCacheFilter.length > 0 ? { 'no-cache': noCacheFilter.join(',') } : {}
}

function network(mode: string): Attributes {
  if (mode === '' || mode === 'default') return {}
  if (mode === 'host' || mode === 'none') return { 'force-network-mode': mode }
  throw new Error(
    `network mode ${quote(mode)} not supported by buildkit - you can define a custom network for your builder using the ` +
      'network driver-opt in buildx create',
  )
}

/** Names with addresses, `name=ip`, `host-gateway` being the engine's own (buildx toBuildkitExtraHosts). */
function extraHosts(hosts: readonly string[], { hostGateway }: Builder): string {
  return hosts
    .map((text) => {
      const { before: name, after: address } = cut(text, ':')
      if (address !== 'host-gateway') return `${name}=${address}`
      if (hostGateway !== '') return `${name}=${hostGateway}`
      throw new Error('unable to derive the IP value for host-gateway: host-gateway IP not found')
    })
    .join(',')
}

function prefixed(prefix: string, values: Attributes): Attributes {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]))
}

/** The attributes that have a value. */
function named(values: Attributes): Attributes {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}
