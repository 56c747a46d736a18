import { duration } from '../go/duration.ts'
import { bool, embed, field, int, int64, map, method, named, ptr, slice, str, struct, uint8 } from '../go/types.ts'

/** Go's v1.HealthcheckConfig. */
export const healthcheckConfig = struct('v1.HealthcheckConfig', {
  Test: field(slice(str), ',omitempty'),
  Interval: field(duration, ',omitempty'),
  Timeout: field(duration, ',omitempty'),
  StartPeriod: field(duration, ',omitempty'),
  StartInterval: field(duration, ',omitempty'),
  Retries: field(int, ',omitempty'),
})

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

const imageConfig = struct('v1.ImageConfig', {
  User: field(str, ',omitempty'),
  ExposedPorts: field(map(str, struct('struct {}', {})), ',omitempty'),
  Env: field(slice(str), ',omitempty'),
  Entrypoint: field(slice(str), ',omitempty'),
  Cmd: field(slice(str), ',omitempty'),
  Volumes: field(map(str, struct('struct {}', {})), ',omitempty'),
  WorkingDir: field(str, ',omitempty'),
  Labels: field(map(str, str), ',omitempty'),
  StopSignal: field(str, ',omitempty'),
  ArgsEscaped: field(bool, ',omitempty'),
})

const dockerOCIImageConfigExt = struct('v1.DockerOCIImageConfigExt', {
  Healthcheck: field(ptr(healthcheckConfig), ',omitempty'),
  OnBuild: field(slice(str), ',omitempty'),
  Shell: field(slice(str), ',omitempty'),
})

/** Go's v1.DockerOCIImageConfig. */
export const dockerOCIImageConfig = struct('v1.DockerOCIImageConfig', {
  ImageConfig: embed(imageConfig),
  DockerOCIImageConfigExt: embed(dockerOCIImageConfigExt),
})
