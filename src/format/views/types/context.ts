import {
  any,
  bool,
  embed,
  field,
  map,
  named,
  slice,
  str,
  struct,
  type Type,
  value,
  type Value,
} from '../../go/types.ts'

/** What `context inspect` describes. */
export interface InspectedContext {
  readonly Name: string
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly Endpoints: Readonly<Record<string, unknown>>
  readonly TLSMaterial: Readonly<Record<string, readonly string[]>>
  readonly Storage: { readonly MetadataPath: string; readonly TLSPath: string }
}

const endpoint = struct('context.EndpointMetaBase', { Host: field(str, 'Host,omitempty'), SkipTLSVerify: bool })

const metadata = struct('store.Metadata', {
  Name: field(str, 'Name,omitempty'),
  Metadata: field(any, 'Metadata,omitempty'),
  Endpoints: field(map(str, any), 'Endpoints,omitempty'),
})

const contextWithTLSListing = struct('context.contextWithTLSListing', {
  Metadata: embed(metadata),
  TLSMaterial: map(str, named('store.EndpointFiles', slice(str))),
  Storage: struct('store.StorageInfo', { MetadataPath: str, TLSPath: str }),
})

/** A context as templates see it: its description and Docker endpoint are there even when they are not set. */
export function inspectedContext(context: InspectedContext): Value {
  const { Metadata, Endpoints } = context
  return value(contextWithTLSListing, {
    ...context,
    Metadata: Metadata === undefined ? null : value(dockerContext(Metadata), Metadata),
    Endpoints: Object.fromEntries(
      Object.entries(Endpoints).map(([name, item]) => [name, name === 'docker' ? value(endpoint, item) : item]),
    ),
  })
}

/** Further keys stand beside the description in its JSON, all sorted. */
function dockerContext(data: Readonly<Record<string, unknown>>): Type {
  const names = [...new Set(['Description', ...Object.keys(data)])].toSorted()
  const fields = names.map(
    (name) => [name, name === 'Description' ? field(str, 'Description,omitempty') : any] as const,
  )
  return struct('command.DockerContext', Object.fromEntries(fields))
}
