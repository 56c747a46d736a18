import { compareStrings } from '../go/strings.ts'
import { dictionary } from '../go/dictionary.ts'
import { checkSchema, versionOf } from './check.ts'
import { interpolate } from './interpolate.ts'
import { loadObjects } from './load-objects.ts'
import { loadService, type LoadContext } from './load-service.ts'
import { mergeConfigs } from './merge.ts'
import { ForbiddenPropertiesError, forbiddenProperties } from './properties.ts'
import type { ComposeConfig } from './types.ts'
import { extrasOf, isMap, type YamlMap } from './values.ts'

/** A file of the stack, parsed (`parseYaml`). */
export interface ComposeFile {
  filename: string
  content: YamlMap
}

export interface LoadOptions extends LoadContext {
  skipInterpolation?: boolean
}

export interface LoadedCompose {
  config: ComposeConfig
  /** For the log. */
  warnings: string[]
}

/**
 * Takes the files of a stack and gives them interpolated, checked against the schema of their version and merged; throws where
 * they say what the format does not, ForbiddenPropertiesError for what a stack cannot have (docker/cli cli/compose/loader).
 */
export async function loadCompose(files: readonly ComposeFile[], options: LoadOptions): Promise<LoadedCompose> {
  const [first] = files
  if (!first) throw new Error('no files specified')
  const version = versionOf(first.content)
  const warnings: string[] = []
  const configs: { filename: string; config: ComposeConfig }[] = []
  for (const { filename, content } of files) {
    const own = versionOf(content)
    if (own !== version) {
      throw new Error(`version mismatched between two composefiles : ${version} and ${own}`)
    }
    const config = await loadFile(content, version, options, (message) => warnings.push(message))
    configs.push({ filename, config })
  }
  return { config: mergeConfigs(configs), warnings }
}

async function loadFile(
  content: YamlMap,
  version: string,
  options: LoadOptions,
  warn: (message: string) => void,
): Promise<ComposeConfig> {
  const forbidden = forbiddenProperties(content)
  if (Object.keys(forbidden).length > 0) throw new ForbiddenPropertiesError(forbidden)
  const file = options.skipInterpolation ? content : interpolate(content, options.lookup)
  checkSchema(file, version)
  const services = []
  for (const [name, service] of Object.entries(sectionOf(file, 'services'))) {
    services.push(await loadService(name, service as YamlMap, options, warn))
  }
  const objects = loadObjects((key) => sectionOf(file, key), { version, workingDir: options.workingDir, warn })
  const inOrder = services.toSorted((a, b) => compareStrings(a.name, b.name))
  return { version: versionOf(file), services: inOrder, ...objects, extras: extrasOf(file) }
}

function sectionOf(content: YamlMap, key: string): YamlMap {
  const section = content[key]
  return isMap(section) ? section : dictionary()
}
