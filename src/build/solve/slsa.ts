/** What an attestation of provenance says, in the form of some version of SLSA. */
export type Predicate = Readonly<Record<string, unknown>>

/** Provenance in the form of SLSA 1 as that of SLSA 0.2, which metadata files have (buildkit provenance/types ConvertToSLSA02). */
export function toSlsa02({ buildDefinition, runDetails }: Predicate): Predicate {
  const { externalParameters, internalParameters = {}, resolvedDependencies } = (buildDefinition ?? {}) as Definition
  const { builder, metadata } = (runDetails ?? {}) as RunDetails
  const { uri, digest, path } = externalParameters?.configSource ?? {}
  const { buildConfig, builderPlatform, dockerfileVersion, ...others } = internalParameters
  return {
    builder: { id: builder?.id ?? '' },
    buildType: 'https://mobyproject.org/buildkit@v1',
    materials: resolvedDependencies?.map((each) => ({ uri: each.uri, digest: each.digest })),
    invocation: {
      configSource: { uri, digest, entryPoint: path },
      parameters: externalParameters?.request ?? {},
      environment: { platform: builderPlatform ?? '', dockerfileVersion, ...others },
    },
    buildConfig,
    metadata: metadata && toMetadata(metadata),
  }
}

function toMetadata(metadata: Metadata): Predicate {
  const { request = false, resolvedDependencies = false } = metadata.buildkit_completeness ?? {}
  return {
    buildInvocationID: metadata.invocationId,
    buildStartedOn: metadata.startedOn,
    buildFinishedOn: metadata.finishedOn,
    completeness: { parameters: request, environment: true, materials: resolvedDependencies },
    reproducible: metadata.buildkit_reproducible ?? false,
    'https://mobyproject.org/buildkit@v1#metadata': metadata.buildkit_metadata ?? {},
    'https://mobyproject.org/buildkit@v1#hermetic': metadata.buildkit_hermetic,
  }
}

interface Source {
  readonly uri?: string
  readonly digest?: unknown
}

interface Definition {
  readonly externalParameters?: {
    readonly configSource?: Source & { readonly path?: string }
    readonly request?: unknown
  }
  readonly internalParameters?: {
    readonly buildConfig?: unknown
    readonly builderPlatform?: string
    readonly dockerfileVersion?: string
  }
  readonly resolvedDependencies?: readonly Source[]
}

interface RunDetails {
  readonly builder?: { readonly id?: string }
  readonly metadata?: Metadata
}

interface Metadata {
  readonly invocationId?: string
  readonly startedOn?: string
  readonly finishedOn?: string
  readonly buildkit_metadata?: unknown
  readonly buildkit_hermetic?: boolean
  readonly buildkit_completeness?: { readonly request?: boolean; readonly resolvedDependencies?: boolean }
  readonly buildkit_reproducible?: boolean
}
