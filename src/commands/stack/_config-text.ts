import { writeCompose } from '../../compose/write.ts'
import type { Context } from '../../context.ts'
import { loadFiles, readFiles } from './_load.ts'

/** The Compose files as one: checked, merged and, unless that is to be left out, interpolated (docker/cli command/stack outputConfig). */
export async function configText(
  context: Context,
  filenames: readonly string[],
  skipInterpolation: boolean,
): Promise<string> {
  return writeCompose(await loadFiles(context, await readFiles(context, filenames), skipInterpolation))
}
