import { embed, field, ptr, slice, str, struct, uint8 } from '../go/types.ts'
import { annotations, meta, swarmDriver } from './swarm-common.ts'

const secretSpec = struct('swarm.SecretSpec', {
  Annotations: embed(annotations),
  Data: field(slice(uint8), ',omitempty'),
  Driver: field(ptr(swarmDriver), ',omitempty'),
  Templating: field(ptr(swarmDriver), ',omitempty'),
})

/** Go's swarm.Secret. */
export const swarmSecret = struct('swarm.Secret', {
  ID: str,
  Meta: embed(meta),
  Spec: secretSpec,
})

const configSpec = struct('swarm.ConfigSpec', {
  Annotations: embed(annotations),
  Data: field(slice(uint8), ',omitempty'),
  Templating: field(ptr(swarmDriver), ',omitempty'),
})

/** Go's swarm.Config. */
export const swarmConfig = struct('swarm.Config', {
  ID: str,
  Meta: embed(meta),
  Spec: configSpec,
})

/** Go's swarm.SecretCreateResponse and swarm.ConfigCreateResponse. */
export const secretCreated = struct('swarm.SecretCreateResponse', { ID: str })
export const configCreated = struct('swarm.ConfigCreateResponse', { ID: str })

/** The answer to a list of secrets. */
export const swarmSecrets = slice(swarmSecret)

/** The answer to a list of configs. */
export const swarmConfigs = slice(swarmConfig)
