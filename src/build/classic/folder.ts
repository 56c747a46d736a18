import fs from 'node:fs'
import { packContext } from '../../archive/context.ts'
import { absolute, followLinks } from '../../archive/local.ts'
import type { Context } from '../../context.ts'
import { cliError, rejectingAs, wrap } from '../../errors/cli-error.ts'
import { log } from '../../errors/log.ts'
import { pathError } from '../../errors/os-error.ts'
import { fromFolder } from '../../go/path.ts'
import { createIgnoreMatcher, keepBuildFiles } from '../../parse/dockerignore.ts'
import { inputChunks } from '../../streams/input-chunks.ts'
import { readLocalFile } from '../../streams/local-file.ts'
import { addDockerfile } from './add-dockerfile.ts'
import type { BuildContext } from './context.ts'
import { findDockerfile } from './dockerfile.ts'
import { checkReadable, readIgnoreFile } from './excludes.ts'
import { readDockerfile } from './stdin.ts'

/** The context in a local folder; `file` is what `-f` names, in it, outside or `-` (docker/cli GetContextFromLocalDir). */
export async function folderContext(context: Context, folder: string, file: string): Promise<BuildContext> {
  const { root, dockerfile } = await rejectingAs('unable to prepare context', () => {
    const root = contextRoot(absolute(context.getwd, folder))
    const named = file === '' || file === '-' ? file : absolute(context.getwd, file)
    return { root, dockerfile: findDockerfile(root, named) }
  })
  const outside = dockerfile.startsWith('../') ? await readOutside(context, file) : undefined
  return packed(context, { root, dockerfile, outside })
}

/** The context in a repository, which the user's git fetches; the Dockerfile is in it, or on standard input. */
export async function gitContext(context: Context, url: string, file: string): Promise<BuildContext> {
  const { cloneRepository } = await import('./git.ts')
  const { folder, close } = await rejectingAs('unable to prepare context', () => cloneRepository(context, url))
  try {
    const { root, dockerfile } = await rejectingAs('unable to prepare context', () => {
      const root = contextRoot(folder)
      const dockerfile = findDockerfile(root, file)
      if (!dockerfile.startsWith('../')) return { root, dockerfile }
      throw cliError(`the Dockerfile (${file}) must be within the build context`)
    })
    return { ...(await packed(context, { root, dockerfile })), close }
  } catch (error) {
    close()
    throw error
  }
}

function contextRoot(folder: string): string {
  let root
  try {
    root = followLinks(folder)
  } catch (error) {
    throw wrap(error, 'unable to evaluate symlinks in context path')
  }
  if (!fs.lstatSync(root).isDirectory()) throw cliError(`context must be a directory: ${root}`)
  return root
}

async function readOutside({ cwd, signal }: Context, file: string): Promise<Buffer> {
  try {
    return await readLocalFile(fromFolder(cwd, file), signal)
  } catch (error) {
    signal.throwIfAborted()
    throw wrap(pathError('open', file, error), 'unable to open Dockerfile')
  }
}

interface Packing {
  readonly root: string
  /** Its path in the context, `-` for standard input. */
  readonly dockerfile: string
  /** What is in a Dockerfile outside of the context. */
  readonly outside?: Buffer | undefined
}

async function packed(context: Context, { root, dockerfile, outside }: Packing): Promise<BuildContext> {
  const isStdin = dockerfile === '-'
  const patterns = readIgnoreFile(root)
  await rejectingAs('checking context', () => checkReadable(root, createIgnoreMatcher(patterns)))
  const excludes = createIgnoreMatcher(keepBuildFiles(patterns, isStdin ? undefined : dockerfile))
  const archive = packContext(root, { excludes, onSkip: (message) => log(context, 'error', message) })
  const added = isStdin ? await readDockerfile(inputChunks(context.in)) : outside
  const close = (): void => undefined
  return added === undefined
    ? { archive, dockerfile, close }
    : { ...addDockerfile(archive, added, context.now()), close }
}
