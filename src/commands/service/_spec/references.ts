import type { ConfigReference, SecretReference } from '../../../engine/types/service.ts'
import type { CredentialSpec } from '../../../parse/credential-spec.ts'
import type { FileReference } from '../../../parse/file-reference.ts'
import type { Reference } from '../../_references.ts'
import type { Container } from './spec.ts'
import type { UpdateOptions } from './update-flags.ts'

/** Asks for the IDs of secrets or configs; throws for two of one target and for one that is not there. */
export type WithIds = (
  kind: 'secret' | 'config',
  references: readonly Reference[],
) => Promise<readonly (Reference & { id: string })[]>

/** Gives secrets as a service refers to them. */
export async function toSecrets(asked: readonly FileReference[], withIds: WithIds): Promise<SecretReference[]> {
  const found = await withIds('secret', asked)
  return found.map(({ id, name, file = null }) => ({ File: file, SecretID: id, SecretName: name }))
}

/** As toSecrets, for configs; `runtime` names one that is no file but the runtime's to read. */
export async function toConfigs(
  asked: readonly FileReference[],
  runtime: string | undefined,
  withIds: WithIds,
): Promise<ConfigReference[]> {
  const found = await withIds('config', runtime ? [...asked, { name: runtime }] : asked)
  return found.map(({ id, name, file }) => ({
    ...(file ? { File: file } : { Runtime: {} }),
    ConfigID: id,
    ConfigName: name,
  }))
}

/** Gives the secrets after the options: those removed by name go, those added come last. */
export async function updateSecrets(
  before: Container['Secrets'],
  { secretAdd = [], secretRm = [] }: Pick<UpdateOptions, 'secretAdd' | 'secretRm'>,
  withIds: WithIds,
): Promise<Container['Secrets']> {
  const kept = (before ?? []).filter(({ SecretName = '' }) => !secretRm.includes(SecretName))
  return [...kept, ...(await toSecrets(secretAdd, withIds))]
}

/** Gives the configs after the options; one for the runtime stays as long as the credential spec needs it. */
export async function updateConfigs(
  { Configs: before, Privileges: privileges }: Container,
  { configAdd = [], configRm = [], credentialSpec }: Pick<UpdateOptions, 'configAdd' | 'configRm' | 'credentialSpec'>,
  withIds: WithIds,
): Promise<Container['Configs']> {
  const name = credentialSpec?.Config ?? ''
  const id = credentialSpec === undefined ? (privileges?.CredentialSpec?.Config ?? '') : ''
  const kept = (before ?? []).filter(({ Runtime, ConfigID = '', ConfigName = '' }) =>
    Runtime ? ConfigName === name || ConfigID === id : !configRm.includes(ConfigName),
  )
  return [...kept, ...(await toConfigs(configAdd, name, withIds))]
}

/** Gives the privileges with the credential spec that was asked for, a config in it by its ID; an empty one takes it away. */
export function withCredentialSpec(
  before: Container['Privileges'],
  asked: CredentialSpec | undefined,
  configs: Container['Configs'],
): Container['Privileges'] {
  if (asked === undefined) return before
  if (Object.keys(asked).length === 0) return before && { ...before, CredentialSpec: null }
  const config = asked.Config ? configs?.find(({ ConfigName }) => ConfigName === asked.Config) : undefined
  return { ...before, CredentialSpec: config ? { ...asked, Config: config.ConfigID ?? '' } : asked }
}
