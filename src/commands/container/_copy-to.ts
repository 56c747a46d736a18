import { absolute, contentSize, sourceInfo } from '../../archive/local.ts'
import { packResource } from '../../archive/pack.ts'
import { clean, type CopyInfo, planCopy, splitEntry } from '../../archive/paths.ts'
import { exitStatus, cliError } from '../../errors/cli-error.ts'
import { log } from '../../errors/log.ts'
import type { Context } from '../../context.ts'
import { inputChunks } from '../../streams/input-chunks.ts'
import { type Copy, isDirectory, isLink, unfitKind } from './_copy-paths.ts'
import { copyProgress, copySummary } from './_copy-progress.ts'

/** Copies into a container, or unpacks an archive from stdin there (docker/cli container/cp.go copyToContainer). */
export async function copyTo(context: Context, copy: Copy): Promise<void> {
  const { containers } = await context.engine()
  const { container, quiet, archive: copyUidGid } = copy
  const destination = await destinationIn(context, copy)
  const upload = copy.localPath === '-' ? fromStdin(context, copy, destination) : fromHere(context, copy, destination)
  const send = (body: AsyncIterable<Uint8Array>): Promise<void> =>
    containers.putArchive(container, upload.directory, body, { copyUidGid, signal: context.signal })

  if (quiet) await send(upload.body)
  else {
    const progress = copyProgress(context.err, 'Copying to container - ')
    try {
      await send(upload.isCounted ? counted(upload.body, progress.add) : upload.body)
    } finally {
      progress.end()
      // Said of what failed as well, as the reference does; the error follows.
      const summary = copySummary(upload.size ?? progress.total, progress.total, `${container}:${destination.path}`)
      context.err.line(summary)
    }
  }
  if (upload.isIncomplete()) throw exitStatus(1)
}

interface Upload {
  /** Where it is unpacked in the container. */
  readonly directory: string
  readonly body: AsyncIterable<Uint8Array>
  /** Of the content, where that is known. */
  readonly size: number | undefined
  readonly isCounted: boolean
  /** Whether something was left out, which has been said. */
  readonly isIncomplete: () => boolean
}

/** What is at the destination, a link there followed once; errors mean that nothing is, and the upload will say what is wrong. */
async function destinationIn(context: Context, { container, containerPath }: Copy): Promise<CopyInfo> {
  const { containers } = await context.engine()
  const { signal } = context
  const statAt = async (path: string) => {
    const stat = await containers.statPath(container, path, { signal }).catch(() => undefined)
    signal.throwIfAborted()
    return stat
  }
  let path = containerPath
  let stat = await statAt(path)
  if (stat !== undefined && isLink(stat.mode)) {
    const { linkTarget } = stat
    path = linkTarget.startsWith('/') ? linkTarget : clean(`${splitEntry(containerPath).directory}/${linkTarget}`)
    stat = await statAt(path)
  }
  const unfit = stat === undefined ? undefined : unfitKind(stat.mode)
  if (unfit !== undefined) {
    throw cliError(`destination "${container}:${containerPath}" must be a directory or a regular file: ${unfit}`)
  }
  return { path, exists: stat !== undefined, isDirectory: stat !== undefined && isDirectory(stat.mode), rebaseName: '' }
}

function fromStdin(context: Context, { container, containerPath }: Copy, destination: CopyInfo): Upload {
  if (!destination.isDirectory) throw cliError(`destination "${container}:${containerPath}" must be a directory`)
  const body = inputChunks(context.in)
  return { directory: destination.path, body, size: undefined, isCounted: false, isIncomplete: () => false }
}

function fromHere(context: Context, { localPath, followLink }: Copy, destination: CopyInfo): Upload {
  const source = sourceInfo(absolute(context.getwd, localPath), followLink)
  const size = sizeOf(source.path)
  const { directory, rename } = planCopy(source, destination)
  let incomplete = false
  const body = packResource(source.path, {
    rebaseName: source.rebaseName,
    rename,
    onSkip: (message, lost) => {
      log(context, 'error', message)
      incomplete ||= lost
    },
  })
  return { directory, body, size, isCounted: true, isIncomplete: () => incomplete }
}

function sizeOf(path: string): number | undefined {
  try {
    return contentSize(path)
  } catch {
    return undefined
  }
}

async function* counted(body: AsyncIterable<Uint8Array>, add: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    add(chunk.length)
    yield chunk
  }
}
