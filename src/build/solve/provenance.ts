import type { Buildkit } from '../buildkit.ts'
import type { GrpcError } from '../grpc/status.ts'
import type { BuildResultInfo } from '../proto/control.ts'
import { type Predicate, toSlsa02 } from './slsa.ts'
import type { ExporterResponse } from './metadata.ts'
import { isFalse } from '../../go/bool.ts'
import { dictionary } from '../../go/dictionary.ts'

/** How much of a build's provenance goes into the metadata file. */
export type ProvenanceMode = 'min' | 'max' | 'disabled'

/** What BUILDX_METADATA_PROVENANCE says (buildx confutil ParseMetadataProvenance). */
export function provenanceMode(text = ''): ProvenanceMode {
  if (text === 'max' || text === 'disabled') return text
  return isFalse(text) ? 'disabled' : 'min'
}

/**
 * Asks the builder for the provenance that it recorded of a build, by the names that the metadata file has for it; nothing where it
 * keeps none (buildx build/provenance.go).
 */
export async function readProvenance(
  { control, content }: Pick<Buildkit, 'control' | 'content'>,
  ref: string,
  { mode, signal }: { mode: Exclude<ProvenanceMode, 'disabled'>; signal: AbortSignal },
): Promise<ExporterResponse> {
  const found = dictionary<string>({})
  try {
    for await (const { record } of control.listenBuildHistory({ ref, earlyExit: true }, { signal })) {
      const results = Object.entries(record?.results ?? {})
      const all = results.length > 0 ? results : record?.result === undefined ? [] : [['', record.result] as const]
      for (const [platform, result] of all) {
        const statement = provenanceOf(result)
        if (statement === undefined) continue
        const predicate = JSON.parse(await readText(content, statement.digest, signal)) as Predicate
        const older = statement.type === SLSA_1 ? toSlsa02(predicate) : predicate
        found[`buildx.build.provenance${platform === '' ? '' : `/${platform}`}`] = encode(older, mode)
      }
    }
  } catch (error) {
    // A builder without history.
    if ((error as Partial<GrpcError>).code !== 'Unimplemented') throw error
  }
  return found
}

function provenanceOf({ attestations }: BuildResultInfo): { digest: string; type: string } | undefined {
  const statements = attestations.filter(({ mediaType }) => mediaType === 'application/vnd.in-toto+json')
  return statements
    .map(({ digest, annotations }) => ({ digest, type: annotations['in-toto.io/predicate-type'] ?? '' }))
    .find(({ type }) => type.startsWith('https://slsa.dev/provenance/'))
}

async function readText(content: Buildkit['content'], digest: string, signal: AbortSignal): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const { data } of content.read({ digest }, { signal })) pieces.push(data)
  return Buffer.concat(pieces).toString()
}

/** The predicate as metadata has it, coded; the steps of the build and its times are for `max`. */
function encode(predicate: Predicate, mode: 'min' | 'max'): string {
  const { buildConfig, metadata, ...least } = predicate
  return Buffer.from(JSON.stringify(mode === 'min' ? least : { ...least, buildConfig, metadata })).toString('base64')
}

const SLSA_1 = 'https://slsa.dev/provenance/v1'
