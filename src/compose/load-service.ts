import path from 'node:path'
import { parseEnvFile } from '../parse/env-file.ts'
import { toNullableMap } from '../parse/key-value.ts'
import { dictionary } from '../go/dictionary.ts'
import { absolutePath, isWindowsAbsolute } from './paths.ts'
import { serviceShape } from './service-shape.ts'
import type { Lookup } from './template.ts'
import type { NullableMap, Service, ServiceVolume } from './types.ts'
import { extrasOf, type YamlMap } from './values.ts'

/** What a file depends on besides its content. */
export interface LoadContext {
  /** What the names of files in the model count from: the folder of the first file. */
  workingDir: string
  lookup: Lookup
  /** Reads an `env_file`; throws the system's error. */
  readFile: (filename: string) => Promise<Uint8Array>
}

/** Takes a service that the schema allows and gives it with its short forms, files of variables and paths resolved. */
export async function loadService(
  name: string,
  definition: YamlMap,
  options: LoadContext,
  warn: (message: string) => void,
): Promise<Service> {
  const service = serviceShape(warn).read(definition)
  const fromFiles = await readEnvFiles(service.env_file ?? [], options)
  const environment = dictionary({
    ...resolved(fromFiles, options.lookup),
    ...resolved(service.environment ?? {}, options.lookup),
  })
  const extras = extrasOf(definition)
  return {
    name,
    ...service,
    environment,
    ...(service.volumes ? { volumes: service.volumes.map((volume) => resolvePath(volume, options, warn)) } : {}),
    ...(Object.keys(extras).length > 0 ? { extras } : {}),
  }
}

async function readEnvFiles(names: string[], { workingDir, readFile, lookup }: LoadContext): Promise<NullableMap> {
  const pairs: string[] = []
  for (const name of names) {
    const filename = absolutePath(workingDir, name)
    pairs.push(...parseEnvFile(await readFile(filename), filename, lookup))
  }
  return toNullableMap(pairs)
}

/** A variable without a value, or with an empty one, takes that of the caller's environment. */
function resolved(variables: NullableMap, lookup: Lookup): NullableMap {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value ? value : (lookup(name) ?? value)]),
  )
}

function resolvePath(volume: ServiceVolume, options: LoadContext, warn: (message: string) => void): ServiceVolume {
  if (volume.type !== 'bind') return volume
  if (!volume.source) throw new Error('invalid mount config for type "bind": field Source must not be empty')
  const source = expandHome(volume.source, options.lookup, warn)
  // The engine may be on another system, so that a path of either kind is absolute.
  const isAbsolute = path.posix.isAbsolute(source) || isWindowsAbsolute(source)
  return { ...volume, source: isAbsolute ? source : absolutePath(options.workingDir, source) }
}

function expandHome(source: string, lookup: Lookup, warn: (message: string) => void): string {
  if (!source.startsWith('~')) return source
  const home = lookup('HOME')
  if (home === undefined) warn("cannot expand '~', because the environment lacks HOME")
  return home === undefined ? source : home + source.slice(1)
}
