import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import type { Context } from '../../context.ts'
import { cliError, messageOf, rejectingAs, wrap } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { lookPath } from '../../go/look-path.ts'
import { quote } from '../../go/quote.ts'
import { parseUrl } from '../../go/url.ts'
import { cut } from '../../parse/cut.ts'
import { isExecutable } from '../../streams/executable.ts'
import { answersSmartly } from './url.ts'
import { temporaryFolder } from '../../go/temporary-folder.ts'

/** A repository as the PATH of a build names it: `URL#REF:FOLDER`. */
export interface Repository {
  readonly remote: string
  readonly ref: string
  /** Empty for its top. */
  readonly folder: string
}

/** Reads a repository's URL; throws for a ref that git would take for a flag (docker/cli internal/git parseRemoteURL). */
export function parseRepository(text: string): Repository {
  const url = text.startsWith('git@') || /^(git|https?|ssh):/i.test(text) ? text : `https://${text}`
  const { before, after } = cut(url, '#')
  const isUrl = !url.startsWith('git@')
  const { scheme = '', fragment } = isUrl ? parseUrl(url) : { fragment: after }
  const { before: ref, after: folder } = cut(fragment, ':')
  if (ref.startsWith('-')) throw cliError(`invalid refspec: ${ref}`)
  return { remote: isUrl ? scheme + before.slice(scheme.length) : before, ref: ref || 'master', folder }
}

/**
 * Fetches a repository with the user's git, its submodules with it, and gives the folder that is the context. `close` removes what
 * was fetched (docker/cli internal/git Clone).
 */
export async function cloneRepository(context: Context, url: string): Promise<{ folder: string; close: () => void }> {
  const git = gitProgram(context)
  try {
    const repository = parseRepository(url)
    const root = fs.mkdtempSync(path.join(temporaryFolder(context.env), 'docker-build-git'))
    const close = (): void => fs.rmSync(root, { recursive: true, force: true })
    try {
      const run = (args: readonly string[], safe = true): Promise<void> => runGit(context, git, root, args, safe)
      await checkOut(context, run, repository, root)
      const folder = contextFolder(root, repository.folder)
      await rejectingAs('error initializing submodules', () => run(SUBMODULES, false))
      return { folder, close }
    } catch (error) {
      close()
      throw error
    }
  } catch (error) {
    throw wrap(error, "unable to 'git clone' to temporary context directory")
  }
}

type Run = (args: readonly string[], safe?: boolean) => Promise<void>

async function checkOut(context: Context, run: Run, { remote, ref }: Repository, root: string): Promise<void> {
  await rejectingAs(`failed to init repo at ${root}`, () => run(['init']))
  // The remote makes refs for branches, which a bare fetch would not.
  await rejectingAs(`failed add origin repo at ${remote}`, () => run(['remote', 'add', 'origin', remote]))
  const shallow = !/^https?:/.test(remote) || (await answersSmartly(context, remote))
  const depth = shallow ? ['--depth', '1'] : []
  await rejectingAs('error fetching', () => run(['fetch', ...depth, 'origin', '--', ref]))
  await rejectingAs(`error checking out ${ref}`, async () => {
    try {
      await run(['checkout', ref])
    } catch (error) {
      // What is neither a branch nor a tag is there as what was fetched last.
      await run(['checkout', 'FETCH_HEAD']).catch(() => Promise.reject(error))
    }
  })
}

/** Runs git in a folder; throws with what it printed and how it ended. `safe` keeps it from repositories in the file system. */
function runGit(
  { env, signal }: Context,
  git: string,
  folder: string,
  args: readonly string[],
  safe: boolean,
): Promise<void> {
  const options = safe ? ['-c', 'protocol.file.allow=never'] : []
  return new Promise((resolve, reject) => {
    const child = spawn(git, [...options, ...args], {
      cwd: folder,
      env: safe ? { ...env, GIT_PROTOCOL_FROM_USER: '0' } : env,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
    })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', (error) => reject(signal.aborted ? (signal.reason as Error) : error))
    child.on('close', (code, name) => {
      const end = code === null ? `signal: ${name}` : `exit status ${code}`
      if (code === 0) resolve()
      else reject(cliError(`${Buffer.concat(said).toString()}: ${end}`))
    })
  })
}

function gitProgram({ env }: Context): string {
  try {
    return lookPath('git', env, isExecutable)
  } catch (error) {
    throw cliError(`unable to find 'git': ${messageOf(error)}`)
  }
}

/** A folder of the repository; links are followed as if its top were the root of all, so that none leads out (moby/sys/symlink). */
function contextFolder(root: string, folder: string): string {
  if (folder === '') return root
  const wanted = path.join(root, folder)
  if (wanted !== root && !wanted.startsWith(`${root}/`)) {
    throw cliError(`error setting git context, ${quote(folder)} not within git root: ${wanted} is not in ${root}`)
  }
  const found = scoped(root, path.relative(root, wanted))
  let stat
  try {
    stat = fs.statSync(found)
  } catch (error) {
    throw pathError('stat', found, error)
  }
  if (!stat.isDirectory()) throw cliError(`error setting git context, not a directory: ${found}`)
  return found
}

function scoped(root: string, name: string): string {
  const todo = name.split('/')
  let here = '/'
  for (let links = 0, part = todo.shift(); part !== undefined; part = todo.shift()) {
    const next = path.posix.join(here, part)
    const stat = fs.lstatSync(root + next, { throwIfNoEntry: false })
    if (stat?.isSymbolicLink() !== true) here = next
    else {
      if (++links > MAX_LINKS) throw cliError(`error setting git context, too many links in ${quote(name)}`)
      const target = fs.readlinkSync(root + next)
      if (target.startsWith('/')) here = '/'
      todo.unshift(...target.split('/'))
    }
  }
  return root + here
}

const SUBMODULES = ['submodule', 'update', '--init', '--recursive', '--depth=1']
const MAX_LINKS = 255
