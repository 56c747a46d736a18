import { checkOutputPath, absolute, destinationInfo } from '../../archive/local.ts'
import { clean, type CopyInfo, planCopy, rebased, renamer, splitEntry } from '../../archive/paths.ts'
import { toBytes } from '../../archive/bytes.ts'
import { unpack } from '../../archive/unpack.ts'
import type { Context } from '../../context.ts'
import type { Containers } from '../../engine/containers.ts'
import { copyProgress, copySummary } from './_copy-progress.ts'
import { type Copy, isDirectory, isLink } from './_copy-paths.ts'

/** Copies out of a container: unpacked here, or the archive as it comes to stdout (docker/cli container/cp.go copyFromContainer). */
export async function copyFrom(context: Context, copy: Copy): Promise<void> {
  const { containers } = await context.engine()
  const { out, err, signal } = context
  const toStdout = copy.localPath === '-'
  const target = toStdout ? '-' : absolute(context.getwd, copy.localPath)
  checkOutputPath(target)
  const { path, rebaseName } = copy.followLink ? await linkEnd(containers, copy, signal) : unlinked(copy.containerPath)
  const { stat, response } = await containers.getArchive(copy.container, path, { signal })
  if (toStdout) return response.body.pump((chunk) => out.send(chunk))

  const source = { path, exists: true, isDirectory: isDirectory(stat.mode), rebaseName }
  if (copy.quiet) return place(source, target, (sink) => response.body.pump(sink))
  const progress = copyProgress(err, 'Copying from container - ')
  const counted = (sink: (chunk: Uint8Array) => void): Promise<void> =>
    response.body.pump((chunk) => {
      progress.add(chunk.length)
      sink(chunk)
    })
  try {
    await place(source, target, counted)
  } finally {
    progress.end()
    // Said of what failed as well, as the reference does; the error follows.
    err.line(copySummary(source.isDirectory ? progress.total : stat.size, progress.total, target))
  }
}

async function place(source: CopyInfo, target: string, pump: Parameters<typeof unpack>[0]): Promise<void> {
  const { directory, rename } = planCopy(source, destinationInfo(target))
  if (source.rebaseName === '') return unpack(pump, toBytes(directory), { rename })
  const rebase = renamer(splitEntry(source.path).base, source.rebaseName)
  await unpack(pump, toBytes(directory), { rename: (name) => rename(rebase(name)) })
}

async function linkEnd(containers: Containers, { container, containerPath }: Copy, signal: AbortSignal) {
  const stat = await containers.statPath(container, containerPath, { signal }).catch(() => undefined)
  signal.throwIfAborted()
  if (stat === undefined || !isLink(stat.mode)) return unlinked(containerPath)
  const { linkTarget } = stat
  const end = linkTarget.startsWith('/') ? linkTarget : clean(`${splitEntry(containerPath).directory}/${linkTarget}`)
  return rebased(containerPath, end)
}

function unlinked(path: string): { path: string; rebaseName: string } {
  return { path, rebaseName: '' }
}
