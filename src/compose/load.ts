import type { ComposeConfig, YamlMap } from './types.ts'

/** A file of the stack, parsed (`parseYaml`). */
export interface ComposeFile {
  filename: string
  content: YamlMap
}

export interface LoadOptions {
  /** What the names of files in the model count from: the folder of the first file. */
  workingDir: string
  lookup: (name: string) => string | undefined
  /** Reads an `env_file`; throws the system's error. */
  readFile: (filename: string) => Promise<Uint8Array>
  skipInterpolation?: boolean
}

export interface LoadedCompose {
  config: ComposeConfig
  /** For the log. */
  warnings: string[]
}

/**
 * Takes the files of a stack and gives them interpolated, checked against the schema of their version and merged; throws where
 * they say what the format does not (docker/cli cli/compose/loader).
 */
export async function loadCompose(files: readonly ComposeFile[], _options: LoadOptions): Promise<LoadedCompose> {
  if (files.length === 0) throw new Error('no files specified')
  throw new Error('compose files cannot be loaded yet')
}
