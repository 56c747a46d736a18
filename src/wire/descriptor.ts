import { field, int64, map, method, named, ptr, slice, str, struct, uint8 } from '../go/types.ts'

/** Go's digest.Digest. */
export const digest = named('digest.Digest', str, {
  String: method(str, (text: string) => text),
  Encoded: method(str, (text: string) => text.slice(text.indexOf(':') + 1)),
  Hex: method(str, (text: string) => text.slice(text.indexOf(':') + 1)),
})

/** Go's v1.Platform. */
export const platform = struct('v1.Platform', {
  Architecture: field(str, 'architecture'),
  OS: field(str, 'os'),
  OSVersion: field(str, 'os.version,omitempty'),
  OSFeatures: field(slice(str), 'os.features,omitempty'),
  Variant: field(str, 'variant,omitempty'),
})

/** Go's v1.Descriptor. */
export const descriptor = struct('v1.Descriptor', {
  MediaType: field(str, 'mediaType'),
  Digest: field(digest, 'digest'),
  Size: field(int64, 'size'),
  URLs: field(slice(str), 'urls,omitempty'),
  Annotations: field(map(str, str), 'annotations,omitempty'),
  Data: field(slice(uint8), 'data,omitempty'),
  Platform: field(ptr(platform), 'platform,omitempty'),
  ArtifactType: field(str, 'artifactType,omitempty'),
})
