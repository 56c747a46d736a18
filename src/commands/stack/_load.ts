import path from 'node:path'
import { loadCompose, type ComposeFile } from '../../compose/load.ts'
import { deprecatedProperties, ForbiddenPropertiesError, unsupportedProperties } from '../../compose/properties.ts'
import type { ComposeConfig } from '../../compose/types.ts'
import { parseYaml } from '../../compose/yaml.ts'
import type { Context } from '../../context.ts'
import { cliError, wrap } from '../../errors/cli-error.ts'
import { log } from '../../errors/log.ts'
import { pathError } from '../../errors/os-error.ts'
import { fromFolder } from '../../go/path.ts'
import { variablesOf } from '../../parse/key-value.ts'
import { parseAnyReference } from '../../parse/reference.ts'
import { readLocalFile } from '../../streams/local-file.ts'
import { readStdin } from '../_stdin.ts'

/**
 * Loads the Compose files of a stack to be deployed, says on stderr what a stack leaves out of them, and throws where a service has no
 * image that can be (docker/cli command/stack loadComposeFile).
 */
export async function loadStack(context: Context, filenames: readonly string[]): Promise<ComposeConfig> {
  const files = await readFiles(context, filenames)
  const config = await loadFiles(context, files).catch((error: unknown) => {
    if (!(error instanceof ForbiddenPropertiesError)) throw error
    throw cliError(`compose file contains unsupported options:\n\n${listed(error.properties)}\n`)
  })
  const contents = files.map(({ content }) => content)
  const unsupported = unsupportedProperties(contents)
  if (unsupported.length > 0) context.err.write(`Ignoring unsupported options: ${unsupported.join(', ')}\n\n`)
  const deprecated = deprecatedProperties(contents)
  if (Object.keys(deprecated).length > 0) {
    context.err.write(`Ignoring deprecated options:\n\n${listed(deprecated)}\n\n`)
  }
  for (const { name, image } of config.services) checkImage(name, image)
  return config
}

/** Reads and parses Compose files, one after the other; `-` is stdin. */
export async function readFiles(context: Context, filenames: readonly string[]): Promise<ComposeFile[]> {
  if (filenames.length === 0) throw cliError('specify a Compose file (with --compose-file)')
  const files: ComposeFile[] = []
  for (const filename of filenames) {
    const bytes = filename === '-' ? await readStdin(context) : await readFile(context, filename)
    files.push({ filename, content: parseYaml(bytes) })
  }
  return files
}

/** Loads Compose files that are read, and logs what they are warned of. */
export async function loadFiles(
  context: Context,
  files: readonly ComposeFile[],
  skipInterpolation = false,
): Promise<ComposeConfig> {
  const { config, warnings } = await loadCompose(files, {
    workingDir: path.dirname(path.resolve(context.getwd(), files[0]?.filename ?? '')),
    lookup: variablesOf(context.env),
    readFile: (filename) => readFile(context, filename),
    skipInterpolation,
  })
  for (const warning of warnings) log(context, 'warning', warning)
  return config
}

/** Reads a file that a Compose file names; throws the system's error in words. */
export async function readFile({ cwd, signal }: Context, filename: string): Promise<Uint8Array> {
  try {
    return await readLocalFile(fromFolder(cwd, filename), signal)
  } catch (error) {
    signal.throwIfAborted()
    throw pathError((error as NodeJS.ErrnoException).syscall ?? 'read', filename, error)
  }
}

function listed(properties: Record<string, string>): string {
  const lines = Object.entries(properties).map(([name, description]) => `${name}: ${description}`)
  return lines.toSorted().join('\n\n')
}

function checkImage(service: string, image = ''): void {
  if (image === '') throw cliError(`invalid image reference for service ${service}: no image specified`)
  try {
    parseAnyReference(image)
  } catch (error) {
    throw wrap(error, `invalid image reference for service ${service}`)
  }
}
