import { variablesOf } from '../../parse/key-value.ts'
import type { Int64 } from '../../go/int.ts'
import type { Ulimit } from '../../parse/ulimit.ts'
import { type Annotation, parseAnnotations } from './annotation.ts'
import { parseAttests } from './attest.ts'
import { type CacheEntry, parseCaches } from './cache.ts'
import { type Call, parseCall } from './call.ts'
import { type Entitlements, parseEntitlements } from './entitlement.ts'
import { toRecord } from './fields.ts'
import { parseNamedContexts } from './named-context.ts'
import { type OutputFlag, parseOutputs } from './output.ts'
import { parsePlatforms } from './platform.ts'
import { withoutPolicies } from './policy.ts'
import { parseResources } from './resource.ts'
import { parseSecrets, type SecretFlag } from './secret.ts'
import { parseSsh, type SshFlag } from './ssh.ts'

/** The flags of a build as they were given. */
export interface BuildFlags {
  readonly addHost?: readonly string[]
  readonly allow?: readonly string[]
  readonly annotation?: readonly string[]
  readonly attest?: readonly string[]
  readonly buildArg?: readonly string[]
  readonly buildContext?: readonly string[]
  readonly cacheFrom?: readonly string[]
  readonly cacheTo?: readonly string[]
  readonly call?: string
  readonly cgroupParent?: string
  readonly file?: string
  readonly label?: readonly string[]
  readonly load?: boolean
  readonly network?: string
  readonly noCache?: boolean
  readonly noCacheFilter?: readonly string[]
  readonly output?: readonly string[]
  readonly platform?: readonly string[]
  readonly policy?: readonly string[]
  readonly provenance?: string
  readonly pull?: boolean
  readonly push?: boolean
  readonly resource?: readonly string[]
  readonly sbom?: string
  readonly secret?: readonly string[]
  readonly shmSize?: Int64
  readonly ssh?: readonly string[]
  readonly tag?: readonly string[]
  readonly target?: string
  readonly ulimit?: readonly Ulimit[]
}

/** What is to be built, and how: the flags, read. */
export interface BuildOptions {
  readonly annotations: readonly Annotation[]
  readonly attests: ReadonlyMap<string, string | undefined>
  readonly buildArgs: Readonly<Record<string, string>>
  readonly cacheFrom: readonly CacheEntry[]
  readonly cacheTo: readonly CacheEntry[]
  readonly call: Call | undefined
  readonly cgroupParent: string
  readonly entitlements: Entitlements
  readonly extraHosts: readonly string[]
  /** The Dockerfile as it is named, empty for the context's own. */
  readonly file: string
  readonly labels: Readonly<Record<string, string>>
  readonly load: boolean
  readonly namedContexts: Readonly<Record<string, string>>
  readonly network: string
  readonly noCache: boolean
  readonly noCacheFilter: readonly string[]
  readonly outputs: readonly OutputFlag[]
  /** Policies that lie beside the Dockerfile are of no account. */
  readonly withoutPolicies: boolean
  readonly platforms: readonly string[]
  readonly pull: boolean
  readonly push: boolean
  readonly resources: Readonly<Record<string, string>>
  readonly secrets: readonly SecretFlag[]
  readonly shmSize: Int64
  readonly ssh: readonly SshFlag[]
  readonly tags: readonly string[]
  readonly target: string
  readonly ulimits: readonly Ulimit[]
}

/** What flags are read with besides. */
export interface FlagWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  /** This machine, whose system or architecture a platform has that does not name one. */
  readonly host: Parameters<typeof parsePlatforms>[1]
}

/** Reads the flags of a build; throws what is wrong with one of them (buildx commands/build.go toOptions). */
export function parseBuildOptions(flags: BuildFlags, { env, host }: FlagWorld): BuildOptions {
  const { noCache = false, noCacheFilter = [] } = flags
  const defaultPlatform = env.DOCKER_DEFAULT_PLATFORM ? [env.DOCKER_DEFAULT_PLATFORM] : []
  const options = {
    buildArgs: readBuildArgs(flags.buildArg ?? [], env),
    labels: toRecord(flags.label ?? [], () => ''),
    attests: parseAttests(flags.attest ?? [], flags),
    namedContexts: parseNamedContexts(flags.buildContext ?? []),
    outputs: parseOutputs(flags.output ?? []),
    withoutPolicies: withoutPolicies(flags.policy ?? []),
    cacheFrom: parseCaches(flags.cacheFrom ?? [], env),
    cacheTo: parseCaches(flags.cacheTo ?? [], env),
    secrets: parseSecrets(flags.secret ?? []),
    ssh: parseSsh(flags.ssh ?? []),
    call: parseCall(flags.call ?? 'build'),
    resources: parseResources(flags.resource ?? []),
    platforms: parsePlatforms(flags.platform ?? defaultPlatform, host),
    entitlements: parseEntitlements(flags.allow ?? []),
    annotations: parseAnnotations(flags.annotation ?? [], host),
  }
  if (noCache && noCacheFilter.length > 0) {
    throw new Error('--no-cache and --no-cache-filter cannot currently be used together')
  }
  return { ...options, ...plainOptions(flags) }
}

function plainOptions(flags: BuildFlags) {
  return {
    cgroupParent: flags.cgroupParent ?? '',
    extraHosts: flags.addHost ?? [],
    file: flags.file ?? '',
    load: flags.load ?? false,
    network: flags.network ?? '',
    noCache: flags.noCache ?? false,
    noCacheFilter: flags.noCacheFilter ?? [],
    pull: flags.pull ?? false,
    push: flags.push ?? false,
    shmSize: flags.shmSize ?? 0,
    tags: flags.tag ?? [],
    target: flags.target ?? '',
    ulimits: flags.ulimit ?? [],
  }
}

/** An argument without a value has that of the variable, or is none; the time that images are dated with is taken over by itself. */
function readBuildArgs(texts: readonly string[], env: FlagWorld['env']): Record<string, string> {
  const args = toRecord(texts, variablesOf(env))
  const { [EPOCH]: epoch } = env
  return epoch && !Object.hasOwn(args, EPOCH) ? { ...args, [EPOCH]: epoch } : args
}

const EPOCH = 'SOURCE_DATE_EPOCH'
