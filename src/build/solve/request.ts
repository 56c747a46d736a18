import type { SolveRequest } from '../proto/control.ts'
import type { SourcePolicy } from '../proto/source-policy.ts'
import type { BuildOptions } from '../flags/options.ts'
import type { Frontend } from './attributes.ts'
import { cacheAttributes, type Caches } from './caches.ts'
import type { Exporter } from './exporters.ts'

/** The parts of a build that are asked for together. */
export interface RequestParts {
  /** Names the build. */
  readonly ref: string
  /** Names the session that serves what it needs. */
  readonly session: string
  readonly frontend: Frontend
  /** Where the files come from. */
  readonly inputs: Readonly<Record<string, string>>
  /** What commit they are of. */
  readonly commit: Readonly<Record<string, string>>
  readonly exporters: readonly Exporter[]
  readonly caches: Caches
  readonly sourcePolicy?: SourcePolicy | undefined
}

/** The request that BuildKit is asked to solve (buildkit client/solve.go). */
export function toSolveRequest(options: BuildOptions, parts: RequestParts): SolveRequest {
  const { frontend, caches } = parts
  const exporters = parts.exporters.map(({ type, attributes }) => ({ type, attrs: attributes }))
  const { granted } = options.entitlements
  return {
    ref: parts.ref,
    session: parts.session,
    frontend: frontend.frontend,
    frontendAttrs: { ...frontend.attributes, ...parts.inputs, ...cacheAttributes(caches), ...parts.commit },
    exporters,
    // Builders before 0.13 know only one exporter, by these.
    exporterDeprecated: exporters[0]?.type,
    exporterAttrsDeprecated: exporters[0]?.attrs,
    cache: { imports: caches.imports.map(toEntry), exports: caches.exports.map(toEntry) },
    entitlements: options.network === 'host' ? [...granted, 'network.host'] : granted,
    sourcePolicy: parts.sourcePolicy,
  }
}

function toEntry({ type, attributes }: Caches['imports'][number]) {
  return { type, attrs: attributes }
}
