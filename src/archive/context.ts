import { cliError } from '../errors/cli-error.ts'
import type { IgnoreMatcher } from '../parse/dockerignore.ts'
import { packResource } from './pack.ts'

export interface PackContextOptions {
  readonly excludes: IgnoreMatcher
  /** Called with what cannot be in an archive (a socket) or has changed meanwhile, which the build goes on without. */
  readonly onSkip: (message: string) => void
}

/**
 * A build context: an archive of what is in a folder, all of it root's, in pieces that are overwritten when the next one is
 * asked for. Where something cannot be read that should be in it, it throws (docker/cli image/build.go).
 */
export async function* packContext(
  folder: string,
  { excludes, onSkip }: PackContextOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  let lost: string | undefined
  const check = (): void => {
    if (lost !== undefined) throw cliError(lost)
  }
  const pieces = packResource(folder, {
    contentsOnly: true,
    owner: { uid: 0, gid: 0 },
    excludes,
    onSkip: (message, isLost) => {
      if (isLost) lost ??= message
      else onSkip(message)
    },
  })
  for await (const piece of pieces) {
    check()
    yield piece
  }
  check()
}
