import { fileObjectsShape, networksShape, volumesShape } from './object-shapes.ts'
import { serviceShape } from './service-shape.ts'
import type { ComposeConfig, Extras } from './types.ts'
import { asWritten, Entries, sorted, type Written } from './written.ts'
import { writeYaml } from './yaml-write.ts'

/** Writes a loaded model as a Compose file: what is not set is left out, the extensions of each part stand behind its properties. */
export function writeCompose(config: ComposeConfig): string {
  const { version, services, networks, volumes, secrets, configs, extras } = config
  const shape = serviceShape()
  const written = services.map((service) => [service.name, withExtras(shape.write(service), service.extras)] as const)
  const sections = [
    ['networks', withAllExtras(networksShape.write(networks), networks)],
    ['volumes', withAllExtras(volumesShape.write(volumes), volumes)],
    ['secrets', withAllExtras(fileObjectsShape.write(secrets), secrets)],
    ['configs', withAllExtras(fileObjectsShape.write(configs), configs)],
  ] as const
  const used = sections.filter(([, section]) => section.list.length > 0)
  return writeYaml(withExtras(new Entries([['version', version], ['services', sorted(written)], ...used]), extras))
}

function withAllExtras(written: Written, objects: Record<string, { extras?: Extras }>): Entries {
  const { list } = written as Entries
  return new Entries(list.map(([name, object]) => [name, withExtras(object, objects[name]?.extras)]))
}

/** An extension that is a property of the model, too, stands once. */
function withExtras(written: Written, extras: Extras = {}): Entries {
  const { list } = written as Entries
  const others = Object.entries(extras).filter(([name]) => !list.some(([own]) => own === name))
  return new Entries([...list, ...sorted(others.map(([name, value]) => [name, asWritten(value)])).list])
}
