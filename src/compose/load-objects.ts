import { dictionary } from '../go/dictionary.ts'
import { fileObjectsShape, networksShape, volumesShape } from './object-shapes.ts'
import { absolutePath } from './paths.ts'
import type { ComposeConfig, FileObjectConfig, NetworkConfig, VolumeConfig } from './types.ts'
import { extrasOf, isMap, type YamlMap } from './values.ts'

interface ObjectOptions {
  version: string
  workingDir: string
  warn: (message: string) => void
}

type Objects = Pick<ComposeConfig, 'networks' | 'volumes' | 'secrets' | 'configs'>

/** Takes the sections of what services use and gives the objects, the external ones with their names. */
export function loadObjects(section: (key: keyof Objects) => YamlMap, options: ObjectOptions): Objects {
  return {
    networks: loadNetworks(section('networks'), options),
    volumes: loadVolumes(section('volumes'), options),
    secrets: loadFileObjects('secret', section('secrets'), options),
    configs: loadFileObjects('config', section('configs'), options),
  }
}

function loadNetworks(section: YamlMap, options: ObjectOptions): Record<string, NetworkConfig> {
  return each(networksShape.read(section), (name, network: NetworkConfig) => {
    if (!network.external?.external) return network
    return { ...named('network', name, network, 5, options), ...extrasIn(section, name) }
  })
}

function loadVolumes(section: YamlMap, options: ObjectOptions): Record<string, VolumeConfig> {
  return each(volumesShape.read(section), (name, volume: VolumeConfig) => {
    if (!volume.external?.external) return volume
    const { driver, driver_opts = {}, labels = {} } = volume
    if (driver) throw conflict('driver', name)
    if (Object.keys(driver_opts).length > 0) throw conflict('driver_opts', name)
    if (Object.keys(labels).length > 0) throw conflict('labels', name)
    return { ...named('volume', name, volume, 4, options), ...extrasIn(section, name) }
  })
}

function conflict(property: string, volume: string): Error {
  return new Error(`conflicting parameters "external" and "${property}" specified for volume "${volume}"`)
}

function loadFileObjects(
  type: 'secret' | 'config',
  section: YamlMap,
  options: ObjectOptions,
): Record<string, FileObjectConfig> {
  return each(fileObjectsShape.read(section), (name, object: FileObjectConfig) => {
    const extras = extrasIn(section, name)
    if (object.external?.external) return { ...named(type, name, object, 5, options), ...extras }
    if (!object.driver) return { ...object, file: absolutePath(options.workingDir, object.file ?? ''), ...extras }
    if (!object.file) return { ...object, ...extras }
    throw new Error(`${type} ${name}: ${type}.driver and ${type}.file conflict; only use ${type}.driver`)
  })
}

/** An external object under its own name; `external.name` is deprecated since a version. */
function named<T extends NetworkConfig | VolumeConfig | FileObjectConfig>(
  type: string,
  key: string,
  object: T,
  deprecatedSince: number,
  { version, warn }: ObjectOptions,
): T {
  const { name: oldName } = object.external ?? {}
  if (!oldName) return { ...object, name: object.name || key }
  if (object.name) {
    throw new Error(`${type} ${key}: ${type}.external.name and ${type}.name conflict; only use ${type}.name`)
  }
  if (Number(version.split('.')[1]) >= deprecatedSince) {
    warn(`${type} ${key}: ${type}.external.name is deprecated in favor of ${type}.name`)
  }
  return { ...object, name: oldName, external: { external: true } }
}

function extrasIn(section: YamlMap, name: string): { extras?: YamlMap } {
  const definition = section[name]
  const extras = isMap(definition) ? extrasOf(definition) : {}
  return Object.keys(extras).length > 0 ? { extras } : {}
}

function each<T>(objects: Record<string, T>, load: (name: string, object: T) => T): Record<string, T> {
  return dictionary(Object.fromEntries(Object.entries(objects).map(([name, object]) => [name, load(name, object)])))
}
