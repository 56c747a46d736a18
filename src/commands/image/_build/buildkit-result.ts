import fs from 'node:fs'
import path from 'node:path'
import type { BuildOptions } from '../../../build/flags/options.ts'
import type { VertexWarning } from '../../../build/progress/status.ts'
import type { Mode } from '../../../build/progress/display.ts'
import { printAnswer } from '../../../build/solve/answer.ts'
import type { BuildResult } from '../../../build/solve/build.ts'
import { imageId, metadataText } from '../../../build/solve/metadata.ts'
import type { Context } from '../../../context.ts'
import { wrap } from '../../../errors/cli-error.ts'
import { pathError } from '../../../errors/os-error.ts'
import { fromFolder } from '../../../go/path.ts'
import { openAtomicFile } from '../../../streams/atomic-file.ts'

/** The flags that name files for the result. */
interface ResultFlags {
  readonly iidfile?: string
  readonly metadataFile?: string
  readonly quiet?: boolean
}

/** Writes what `--iidfile` and `--metadata-file` ask for. */
export function writeResultFiles(
  { cwd }: Context,
  { iidfile = '', metadataFile = '' }: ResultFlags,
  { response }: BuildResult,
  warnings: readonly VertexWarning[],
): void {
  if (iidfile !== '') {
    try {
      fs.writeFileSync(fromFolder(cwd, iidfile), imageId(response), { mode: 0o644 })
    } catch (error) {
      throw wrap(pathError('open', iidfile, error), 'ERROR: writing image ID file')
    }
  }
  if (metadataFile === '') return
  const file = openAtomicFile(metadataFile, cwd, 0o644)
  try {
    file.write(Buffer.from(metadataText(response, warnings)))
    file.commit()
  } finally {
    file.discard()
  }
}

interface Shown {
  readonly given: ResultFlags
  readonly options: BuildOptions
  readonly mode: Mode
  /** The context as it was named. */
  readonly specified: string
}

/** Prints what a build is asked to: the image's ID with `--quiet`, a frontend's answer; gives the exit status. */
export function showResult(
  { out }: Context,
  { given, options, mode, specified }: Shown,
  { response, answer }: BuildResult,
): number {
  if (answer !== undefined && options.call !== undefined) {
    const { text, exitCode, failure } = printAnswer(options.call, answer, dockerfileName(specified, options.file))
    out.write(text)
    if (failure !== undefined) throw failure
    return exitCode
  }
  // An archive on stdout is all that there is to be.
  const isFree = !options.outputs.some(({ destination }) => destination === '-')
  if (mode === 'quiet' && given.quiet === true && isFree) out.line(imageId(response))
  const message = response['frontend.result.inlinemessage']
  if (message !== undefined) out.write(`\n${message}\n`)
  return 0
}

/** The Dockerfile as people named it. */
function dockerfileName(specified: string, file: string): string {
  if (file === '-' || (file === '' && specified === '-')) return 'stdin'
  return file === '' ? path.join(specified, 'Dockerfile') : file
}
