import type { FileObjectConfig } from '../../../compose/types.ts'
import type { SecretConfigSpec } from '../../../engine/types/swarm.ts'
import { scoped, withStackLabel } from '../_namespace.ts'

type FileObjects = Readonly<Record<string, FileObjectConfig>>

/**
 * The secrets or configs that a stack brings, with what their files hold; only a secret has a driver that keeps its data
 * elsewhere. Throws what `readFile` does (docker/cli cli/compose/convert Secrets, Configs).
 */
export async function toSecretConfigSpecs(
  kind: 'secret' | 'config',
  stack: string,
  objects: FileObjects,
  readFile: (filename: string) => Promise<Uint8Array>,
): Promise<SecretConfigSpec[]> {
  const specs: SecretConfigSpec[] = []
  for (const [name, object] of Object.entries(objects)) {
    if (object.external?.external) continue
    const driver = kind === 'secret' && object.driver ? object.driver : undefined
    const data = driver === undefined ? await readFile(object.file ?? '') : new Uint8Array()
    specs.push({
      Name: object.name || scoped(stack, name),
      Labels: withStackLabel(stack, object.labels),
      ...(data.length === 0 ? {} : { Data: Buffer.from(data).toString('base64') }),
      ...(driver === undefined ? {} : { Driver: driverOf(driver, object.driver_opts) }),
      ...(object.template_driver ? { Templating: { Name: object.template_driver } } : {}),
    })
  }
  return specs
}

function driverOf(name: string, options: FileObjectConfig['driver_opts']): NonNullable<SecretConfigSpec['Driver']> {
  return options === undefined ? { Name: name } : { Name: name, Options: options }
}
