import { indent } from '../../go/scan.ts'
import { escapeHtml, toJson } from '../../go/json-data.ts'
import { warningJson } from '../progress/raw-json.ts'
import type { VertexWarning } from '../progress/status.ts'
import { compareStrings } from '../../go/strings.ts'

/** What the exporters of a build say, by name. */
export type ExporterResponse = Readonly<Record<string, string>>

/** The ID of the image that a build made, empty where it made none (buildx getImageID). */
export function imageId(response: ExporterResponse): string {
  return response['containerimage.config.digest'] ?? response['containerimage.digest'] ?? ''
}

/** The text of `--metadata-file`: values that are objects or lists are written as such (buildx decodeExporterResponse). */
export function metadataText(response: ExporterResponse, warnings: readonly VertexWarning[] = []): string {
  const values = Object.entries(response).map(
    ([name, value]) => [name, structured(name, value) ?? toJson(value)] as const,
  )
  const told = warnings.length === 0 ? [] : [['buildx.build.warnings', warningsJson(warnings)] as const]
  const fields = [...values, ...told]
    .sort(([one], [other]) => compareStrings(one, other))
    .map(([name, json]) => `${toJson(name)}:${json}`)
  return indent(`{${fields.join(',')}}`, '', '  ')
}

/** Several steps may be warned of in the same words. */
function warningsJson(warnings: readonly VertexWarning[]): string {
  const byText = new Map(warnings.toReversed().map((one) => [warningJson({ ...one, vertex: '' }), warningJson(one)]))
  return `[${[...byText.values()].toReversed().join(',')}]`
}

/** A value as the JSON that it holds, coded or not; undefined where it holds no object, no list of objects, or an empty one. */
function structured(name: string, value: string): string | undefined {
  const text = name === 'result.json' ? value : decodeBase64(value)
  if (text === undefined) return undefined
  try {
    const found = JSON.parse(text) as unknown
    const isFilled = typeof found === 'object' && found !== null && Object.keys(found).length > 0
    const isListOfOther = Array.isArray(found) && !found.every((one) => typeof one === 'object' && !Array.isArray(one))
    return isFilled && !isListOfOther ? escapeHtml(text) : undefined
  } catch {
    return undefined
  }
}

function decodeBase64(text: string): string | undefined {
  const isCoded = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
  return isCoded ? Buffer.from(text, 'base64').toString() : undefined
}
