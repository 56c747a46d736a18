import { any, bool, embed, field, map, slice, str, struct, type Type, value, type Value } from '../../../go/types.ts'

const endpoint = struct('context.EndpointMetaBase', { Host: field(str, 'Host,omitempty'), SkipTLSVerify: bool })

/** Its further fields stand beside the description in JSON (docker/cli cli/command/context.go MarshalJSON). */
const dockerContext: Type = {
  ...struct('command.DockerContext', { Description: str, AdditionalFields: map(str, any) }),
  marshal: ({ Description = '', AdditionalFields }: { Description?: string; AdditionalFields?: object | null }) =>
    value(map(str, any), { ...(Description === '' ? {} : { Description }), ...AdditionalFields }),
}

const metadata = struct('store.Metadata', {
  Name: field(str, 'Name,omitempty'),
  Metadata: field(any, 'Metadata,omitempty'),
  Endpoints: field(map(str, any), 'Endpoints,omitempty'),
})

const described = struct('context.contextWithTLSListing', {
  Metadata: embed(metadata),
  TLSMaterial: map(str, { ...slice(str), name: 'store.EndpointFiles', named: true }),
  Storage: struct('store.StorageInfo', { MetadataPath: str, TLSPath: str }),
})

/** A context as `context inspect` shows it; the parts are what meta.json holds. */
export interface InspectedContext {
  readonly Name: string
  readonly Metadata?: Readonly<Record<string, unknown>>
  readonly Endpoints: Readonly<Record<string, unknown>>
  readonly TLSMaterial: Readonly<Record<string, readonly string[]>>
  readonly Storage: { readonly MetadataPath: string; readonly TLSPath: string }
}

/** The Go value of a described context. */
export function inspectedContext(context: InspectedContext): Value {
  const { Description, ...rest } = context.Metadata ?? {}
  const AdditionalFields = Object.keys(rest).length === 0 ? null : rest
  const Metadata = context.Metadata && value(dockerContext, { Description, AdditionalFields })
  const Endpoints = Object.fromEntries(
    Object.entries(context.Endpoints).map(([name, each]) => [
      name,
      name === 'docker' && each !== null ? value(endpoint, each) : each,
    ]),
  )
  // Go's list of no files is no list.
  const TLSMaterial = Object.fromEntries(
    Object.entries(context.TLSMaterial).map(([name, files]) => [name, files.length === 0 ? null : files]),
  )
  return value(described, { ...context, Metadata: Metadata ?? null, Endpoints, TLSMaterial })
}
