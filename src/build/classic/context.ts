import fs from 'node:fs'
import type { Context } from '../../context.ts'
import { cliError, rejectingAs } from '../../errors/cli-error.ts'
import { fromFolder } from '../../go/path.ts'
import { quote } from '../../go/quote.ts'
import { inputChunks } from '../../streams/input-chunks.ts'

/** Where a build context comes from. */
export type ContextKind = 'stdin' | 'folder' | 'git' | 'url'

/** A build context that is ready to be sent. */
export interface BuildContext {
  /** A tar archive, packed or not; its pieces may be overwritten when the next one is asked for. */
  readonly archive: AsyncIterable<Uint8Array>
  /** The Dockerfile in it; empty for the daemon's default. */
  readonly dockerfile: string
  /** Frees what it is made from. */
  readonly close: () => void
}

/** Tells what the PATH of a build is; what is there counts before what a URL may look like (docker/cli DetectContextType). */
export function contextKind(specified: string, cwd: string): ContextKind {
  if (specified === '-') return 'stdin'
  if (fs.existsSync(fromFolder(cwd, specified))) return 'folder'
  const isUrl = /^https?:\/\//.test(specified)
  if ((isUrl && /\.git(?:#.+)?$/.test(specified)) || /^(git:\/\/|github\.com\/|git@)/.test(specified)) return 'git'
  if (isUrl) return 'url'
  throw cliError(`unable to prepare context: path ${quote(specified)} not found`)
}

/**
 * Makes a build's context ready: `file` is what `-f` names, empty without it, `progress` takes what there is to tell. Throws what is wrong
 * with it before anything is sent (docker/cli image/build.go).
 */
export async function openContext(
  context: Context,
  { specified, file }: { readonly specified: string; readonly file: string },
  progress: (text: Uint8Array) => void,
): Promise<BuildContext> {
  const kind = contextKind(specified, context.cwd)
  if (kind === 'stdin' && file === '-') {
    throw cliError("invalid argument: can't use stdin for both build context and dockerfile")
  }
  switch (kind) {
    case 'stdin': {
      const { archiveFrom } = await import('./stdin.ts')
      return rejectingAs('unable to prepare context from STDIN', () =>
        archiveFrom(inputChunks(context.in), file, context.now()),
      )
    }
    case 'url': {
      const { contextFromUrl } = await import('./url.ts')
      return contextFromUrl(context, { url: specified, file }, progress)
    }
    default: {
      const { folderContext, gitContext } = await import('./folder.ts')
      return kind === 'git' ? gitContext(context, specified, file) : folderContext(context, specified, file)
    }
  }
}
