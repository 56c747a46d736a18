import { cliError } from '../errors/cli-error.ts'
import { toJson } from '../go/json-data.ts'
import { compareStrings } from '../go/strings.ts'
import { parseJSON } from '../go/json-syntax.ts'
import { anything, decodeShape, flag, objects, type Shape, text, values } from '../config/shape.ts'
import { dictionary } from '../go/dictionary.ts'

/** What is known of a context, as meta.json holds it (docker/cli cli/context/store `Metadata`). */
export interface ContextMeta {
  Name: string
  /** `Description`, where there is one, and whatever else was put there. */
  Metadata?: Readonly<Record<string, unknown>>
  Endpoints: Record<string, unknown>
}

/** The endpoint named `docker` of a context. */
export interface DockerEndpoint {
  /** Left out or empty for the platform's default. */
  Host?: string
  SkipTLSVerify: boolean
}

/** Reads meta.json. Throws with Go's message where its text is not JSON or its values are of other types. */
export function decodeMeta(json: string): ContextMeta {
  const raw = decoded(parseJSON(json), untyped) as { name?: string; metadata?: unknown; endpoints?: object } | undefined
  const meta: ContextMeta = { Name: raw?.name ?? '', Endpoints: dictionary() }
  const metadata = decoded(raw?.metadata, objects)
  if (metadata !== undefined) meta.Metadata = withoutEmptyDescription(metadata as Record<string, unknown>)
  for (const [name, value] of Object.entries(raw?.endpoints ?? {})) {
    meta.Endpoints[name] = name === 'docker' ? dockerEndpointOf(value) : (decoded(value, objects) ?? null)
  }
  return meta
}

/** The text of meta.json: names in the order in which Go writes them, what is empty left out. */
export function encodeMeta({ Name, Metadata, Endpoints }: ContextMeta): string {
  const parts = [
    ...(Name === '' ? [] : [`"Name":${encode(Name)}`]),
    ...(Metadata === undefined ? [] : [`"Metadata":${encode(Metadata)}`]),
    ...(Object.keys(Endpoints).length === 0 ? [] : [`"Endpoints":${encode(Endpoints)}`]),
  ]
  return `{${parts.join(',')}}`
}

/** Reads the meta.json of an archive, whose parts are kept as they are. Throws as `decodeMeta` does. */
export function decodeLoosely(json: string): ContextMeta {
  const raw = decoded(parseJSON(json), loose) as
    | Partial<{ Name: string; Metadata: unknown; Endpoints: object }>
    | undefined
  const { Name = '', Metadata, Endpoints = {} } = raw ?? {}
  return {
    Name,
    ...(Metadata === undefined || Metadata === null ? {} : { Metadata: Metadata as Record<string, unknown> }),
    Endpoints: { ...Endpoints },
  }
}

/** A context's docker endpoint; throws when it has none. */
export function dockerEndpoint({ Endpoints }: ContextMeta): DockerEndpoint {
  if (!Object.hasOwn(Endpoints, 'docker')) throw cliError('cannot find docker endpoint in context')
  const endpoint = Endpoints['docker']
  if (endpoint === null) throw cliError('endpoint "docker" is not of type EndpointMeta')
  return endpoint as DockerEndpoint
}

/** A context's description; empty when it has none. */
export function descriptionOf({ Metadata }: ContextMeta): string {
  return (Metadata?.['Description'] as string | undefined) ?? ''
}

const untyped: Shape = {
  type: 'store.untypedContextMetadata',
  fields: { metadata: anything, endpoints: values('map[string]json.RawMessage', anything), name: text },
}
const loose: Shape = {
  type: 'store.Metadata',
  fields: { Name: text, Metadata: anything, Endpoints: values('map[string]interface {}', anything) },
}
const endpoint: Shape = { type: 'context.EndpointMetaBase', fields: { Host: text, SkipTLSVerify: flag } }

function dockerEndpointOf(value: unknown): DockerEndpoint | null {
  const found = decoded(value, endpoint) as Partial<DockerEndpoint> | undefined
  if (found === undefined) return null
  const { Host = '', SkipTLSVerify = false } = found
  return { ...(Host === '' ? {} : { Host }), SkipTLSVerify }
}

function withoutEmptyDescription(metadata: Record<string, unknown>): Record<string, unknown> {
  const { Description = null, ...rest } = metadata
  if (Description !== null && typeof Description !== 'string') throw cliError('the description of a context is text')
  return Description === null || Description === '' ? rest : metadata
}

function decoded(value: unknown, shape: Shape): unknown {
  const { decoded: result, problem } = decodeShape(value, shape)
  if (problem !== undefined) throw cliError(problem)
  return result
}

/** JSON as encoding/json writes it: names in order, what could be taken for HTML escaped. */
function encode(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => encode(item)).join(',')}]`
  if (typeof value !== 'object' || value === null) return toJson(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => compareStrings(a, b))
  return `{${entries.map(([name, item]) => `${encode(name)}:${encode(item)}`).join(',')}}`
}
