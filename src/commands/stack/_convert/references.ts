import type { FileObjectConfig, FileReference, Service } from '../../../compose/types.ts'
import { cliError } from '../../../errors/cli-error.ts'
import { quote } from '../../../go/quote.ts'
import type { Reference } from '../../_references.ts'
import { scoped } from '../_namespace.ts'

type FileObjects = Readonly<Record<string, FileObjectConfig>>

/** The secrets that a service uses, by their names in the swarm; throws for one that the stack does not name. */
export function secretReferences(stack: string, secrets: FileObjects, service: Service): Reference[] {
  return (service.secrets ?? []).map((secret) => fileReference('secret', stack, secrets, secret))
}

/** As secretReferences, for configs, with the one that a credential spec is in (docker/cli convertServiceConfigObjs). */
export function configReferences(stack: string, configs: FileObjects, service: Service): Reference[] {
  const files = (service.configs ?? []).map((config) => fileReference('config', stack, configs, config))
  const spec = service.credential_spec?.config
  return spec ? [...files, { name: nameOf('config', stack, configs, spec) }] : files
}

function fileReference(
  kind: 'secret' | 'config',
  stack: string,
  objects: FileObjects,
  { source = '', target, uid, gid, mode }: FileReference,
): Reference {
  const file = { Name: target || source, UID: uid || '0', GID: gid || '0', Mode: mode ?? 0o444 }
  return { name: nameOf(kind, stack, objects, source), file }
}

function nameOf(kind: 'secret' | 'config', stack: string, objects: FileObjects, name: string): string {
  if (!Object.hasOwn(objects, name)) throw cliError(`undefined ${kind} ${quote(name)}`)
  return objects[name]!.name || scoped(stack, name)
}
