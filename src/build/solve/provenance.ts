import type { Buildkit } from '../buildkit.ts'
import type { GrpcError } from '../grpc/status.ts'
import type { BuildResultInfo } from '../proto/control.ts'
import type { ExporterResponse } from './metadata.ts'
import { dictionary } from '../../go/dictionary.ts'

/** How much of a build's provenance goes into the metadata file. */
export type ProvenanceMode = 'min' | 'max' | 'disabled'

/** What BUILDX_METADATA_PROVENANCE says (buildx confutil ParseMetadataProvenance). */
export function provenanceMode(text = ''): ProvenanceMode {
  if (text === 'max' || text === 'disabled') return text
  return /^(0|f|F|false|FALSE|False)$/.test(text) ? 'disabled' : 'min'
}

/**
 * Asks the builder for the provenance that it recorded of a build, by the names that the metadata file has for it; nothing where it
 * keeps none, or in a form of its own (buildx build/provenance.go).
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
        const digest = provenanceOf(result)
        if (digest === undefined) continue
        const text = await readText(content, digest, signal)
        found[`buildx.build.provenance${platform === '' ? '' : `/${platform}`}`] = encode(text, mode)
      }
    }
  } catch (error) {
    // A builder without history.
    if ((error as Partial<GrpcError>).code !== 'Unimplemented') throw error
  }
  return found
}

function provenanceOf({ attestations }: BuildResultInfo): string | undefined {
  return attestations.find(
    ({ mediaType, annotations }) =>
      mediaType === 'application/vnd.in-toto+json' &&
      annotations['in-toto.io/predicate-type'] === 'https://slsa.dev/provenance/v0.2',
  )?.digest
}

async function readText(content: Buildkit['content'], digest: string, signal: AbortSignal): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const { data } of content.read({ digest }, { signal })) pieces.push(data)
  return Buffer.concat(pieces).toString()
}

/** The predicate as metadata has it, coded; the steps of the build and its times are for `max`. */
function encode(text: string, mode: 'min' | 'max'): string {
  const { buildConfig, metadata, ...least } = JSON.parse(text) as Record<string, unknown>
  return Buffer.from(JSON.stringify(mode === 'min' ? least : { ...least, buildConfig, metadata })).toString('base64')
}
