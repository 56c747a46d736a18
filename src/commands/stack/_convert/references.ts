import type { FileObjectConfig, Service } from '../../../compose/types.ts'
import { cliError } from '../../../errors/cli-error.ts'
import { quote } from '../../../go/quote.ts'
import type { FileReference } from '../../../parse/file-reference.ts'
import { scoped } from '../_namespace.ts'

type FileObjects = Readonly<Record<string, FileObjectConfig>>

/** The secrets that a service uses, by their names in the swarm; throws for one that the stack does not name. */
export function secretReferences(stack: string, secrets: FileObjects, service: Service): FileReference[] {
  return fileReferences('secret', stack, secrets, service.secrets)
}

/** As secretReferences, for configs; `runtime` is the one that a credential spec is in (docker/cli convertServiceConfigObjs). */
export function configReferences(
  stack: string,
  configs: FileObjects,
  service: Service,
): { files: FileReference[]; runtime: string | undefined } {
  const files = fileReferences('config', stack, configs, service.configs)
  const spec = service.credential_spec?.config
  return { files, runtime: spec ? nameOf('config', stack, configs, spec) : undefined }
}

function fileReferences(
  kind: 'secret' | 'config',
  stack: string,
  objects: FileObjects,
  used: Service['secrets'] = [],
): FileReference[] {
  return used.map(({ source = '', target, uid, gid, mode }) => ({
    name: nameOf(kind, stack, objects, source),
    file: { Name: target || source, UID: uid || '0', GID: gid || '0', Mode: mode ?? 0o444 },
  }))
}

function nameOf(kind: 'secret' | 'config', stack: string, objects: FileObjects, name: string): string {
  if (!Object.hasOwn(objects, name)) throw cliError(`undefined ${kind} ${quote(name)}`)
  return objects[name]!.name || scoped(stack, name)
}
