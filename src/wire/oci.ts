import { duration } from '../go/duration-type.ts'
import { bool, embed, field, int, map, ptr, slice, str, struct } from '../go/types.ts'

/** Go's v1.HealthcheckConfig. */
export const healthcheckConfig = struct('v1.HealthcheckConfig', {
  Test: field(slice(str), ',omitempty'),
  Interval: field(duration, ',omitempty'),
  Timeout: field(duration, ',omitempty'),
  StartPeriod: field(duration, ',omitempty'),
  StartInterval: field(duration, ',omitempty'),
  Retries: field(int, ',omitempty'),
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
