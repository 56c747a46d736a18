import { dictionary } from '../go/dictionary.ts'
import { compareStrings } from '../go/strings.ts'
import { wrap } from '../errors/cli-error.ts'
import { serviceShape } from './service-shape.ts'
import type { ComposeConfig, Service } from './types.ts'
import { goType, isMap, type YamlMap, type YamlValue } from './values.ts'

/**
 * Merges files, each into those before it: services property by property, other objects as wholes; extensions and the version are
 * those of the first (docker/cli cli/compose/loader/merge.go).
 */
export function mergeConfigs(configs: readonly { filename: string; config: ComposeConfig }[]): ComposeConfig {
  const [first, ...overrides] = configs
  let merged = first!.config
  for (const { filename, config } of overrides) {
    try {
      merged = mergeConfig(merged, config)
    } catch (error) {
      throw new Error(`failed to merge file ${filename}\n${(error as Error).message}`, { cause: error })
    }
  }
  return merged
}

function mergeConfig(base: ComposeConfig, override: ComposeConfig): ComposeConfig {
  return {
    ...base,
    services: mergeServices(base.services, override.services),
    networks: dictionary({ ...base.networks, ...override.networks }),
    volumes: dictionary({ ...base.volumes, ...override.volumes }),
    secrets: dictionary({ ...base.secrets, ...override.secrets }),
    configs: dictionary({ ...base.configs, ...override.configs }),
  }
}

function mergeServices(base: Service[], override: Service[]): Service[] {
  const services = new Map(base.map((service) => [service.name, service]))
  for (const service of override) {
    const known = services.get(service.name)
    services.set(service.name, known ? mergeService(known, service) : service)
  }
  return [...services.values()].toSorted((a, b) => compareStrings(a.name, b.name))
}

const shape = serviceShape()

function mergeService(base: Service, override: Service): Service {
  try {
    const extras = mergeMaps(base.extras ?? {}, override.extras ?? {})
    return {
      ...shape.merge(base, override),
      name: base.name,
      ...(Object.keys(extras).length > 0 ? { extras } : {}),
    }
  } catch (error) {
    throw wrap(error, `cannot merge services: cannot merge service ${base.name}`)
  }
}

function mergeMaps(base: YamlMap, override: YamlMap): YamlMap {
  const merged = dictionary(base)
  for (const [key, value] of Object.entries(override)) merged[key] = mergeValues(merged[key], value)
  return merged
}

/** Mappings are merged, lists appended, all else goes before what was there. */
function mergeValues(base: YamlValue | undefined, override: YamlValue): YamlValue {
  if (isMap(base) && isMap(override)) return mergeMaps(base, override)
  if (!Array.isArray(override) || base === undefined || base === null) return override
  if (Array.isArray(base)) return [...base, ...override]
  throw new Error(`cannot append two slices with different type (${goType(override)}, ${goType(base)})`)
}
