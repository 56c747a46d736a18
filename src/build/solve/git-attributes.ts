import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { wrap } from '../../errors/cli-error.ts'
import { isFalse, isTrue } from '../../go/bool.ts'
import { lookPath } from '../../go/look-path.ts'
import { isExecutable } from '../../streams/executable.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What is built, and where git is asked about it. */
export interface GitWorld {
  /** The context as an absolute path. */
  readonly context: string
  /** The Dockerfile as an absolute path. */
  readonly dockerfile: string
  /** The folders that the session serves, by their names. */
  readonly folders: Readonly<Record<string, string>>
  readonly env: Environment
  readonly signal: AbortSignal
}

/**
 * What a frontend is told of the commit that a build is of: `vcs:` attributes for its provenance, unless BUILDX_GIT_INFO switches them off,
 * and labels where BUILDX_GIT_LABELS asks for them. Empty outside of a repository; throws where git does not tell (buildx build/git.go).
 */
export async function gitAttributes(world: GitWorld): Promise<Record<string, string>> {
  const { BUILDX_GIT_INFO: info, BUILDX_GIT_LABELS: labels } = world.env
  const wanted = { info: !isFalse(info), labels: labels === 'full' || isTrue(labels) }
  if ((!wanted.info && !wanted.labels) || !isInRepository(world.context)) return {}
  const git = gitIn(world)
  if (git === undefined) return {}
  const [facts, source] = await Promise.all([readFacts(git, world), remoteUrl(git)])
  if (facts === undefined) return {}
  const { root, revision } = facts
  return {
    ...(wanted.labels &&
      known({ [REVISION]: revision, [SOURCE]: source, [ENTRYPOINT]: below(root, world.dockerfile) })),
    ...(wanted.info && known({ 'vcs:revision': revision, 'vcs:source': source, ...localFolders(root, world.folders) })),
  }
}

type Git = (...args: string[]) => Promise<string>

/** Runs the user's git, with the variables that it may see; undefined where there is none and nothing of its own. */
function gitIn({ context, env, signal }: GitWorld): Git | undefined {
  let program: string
  try {
    program = lookPath('git', env, isExecutable)
  } catch (error) {
    if (!fs.existsSync(path.join(context, '.git'))) return undefined
    throw wrap(error, 'git was not found in the system')
  }
  const seen = PASSED.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
  const options = { cwd: context, signal, env: { ...Object.fromEntries(seen), ...FIXED } }
  return async (...args) => {
    const { stdout } = await promisify(execFile)(program, [...QUIETLY, ...args], options)
    return stdout
  }
}

async function readFacts(git: Git, world: GitWorld): Promise<{ root: string; revision: string } | undefined> {
  const [inside, root = ''] = await git('rev-parse', '--is-inside-work-tree', '--show-toplevel').then(lines, () => [])
  if (inside !== 'true') {
    if (!fs.existsSync(path.join(world.context, '.git'))) return undefined
    throw new Error('failed to read current commit information with git rev-parse --is-inside-work-tree')
  }
  const [revision = ''] = await git('show', '--format=%H', 'HEAD', '--quiet', '--').then(lines, commitless)
  const isMarked = revision !== '' && isTrue(world.env['BUILDX_GIT_CHECK_DIRTY']) && (await isDirty(git))
  return { root, revision: isMarked ? `${revision}-dirty` : revision }
}

/** A repository may have no commit yet. */
function commitless(error: unknown): string[] {
  const { stderr = '' } = error as { stderr?: string }
  if (/unknown revision or path not in the working tree|bad revision/i.test(stderr)) return []
  throw wrap(new Error(stderr.trim(), { cause: error }), 'failed to get git commit')
}

async function isDirty(git: Git): Promise<boolean> {
  return git('status', '--porcelain', '--ignored').then(
    (text) => text.trim() !== '',
    () => true,
  )
}

/** The URL of the remote that the branch follows, else of `origin` or `upstream`, without credentials; empty where there is none. */
async function remoteUrl(git: Git): Promise<string> {
  const first = (text: string): string => lines(text)[0] ?? ''
  const none = (): string => ''
  const branch = await git('symbolic-ref', '-q', 'HEAD').then(first, none)
  const followed =
    branch === '' ? '' : await git('for-each-ref', '--format=%(upstream:remotename)', branch).then(first, none)
  for (const remote of new Set([followed, 'origin', 'upstream'])) {
    const url = remote === '' ? '' : await git('remote', 'get-url', remote).then(first, none)
    if (url !== '') return withoutCredentials(url)
  }
  return ''
}

function withoutCredentials(url: string): string {
  return url.replace(
    /^([a-z][a-z\d+.-]*:\/\/)([^/?#@:]*)(:[^/?#@]*)?@/i,
    (_, scheme: string, name: string, password) => {
      return `${scheme}${name === '' ? '' : MASK}${password === undefined ? '' : `:${MASK}`}@`
    },
  )
}

/** Where the folders lie in the repository, those that do. */
function localFolders(root: string, folders: GitWorld['folders']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(folders).map(([name, folder]) => [`vcs:localdir:${name}`, below(root, fs.realpathSync(folder))]),
  )
}

/** The path from a folder to what is in it, `.` for the folder itself; empty for what is elsewhere. */
function below(root: string, place: string): string {
  const relative = path.relative(root, place) || '.'
  return relative.startsWith('..') ? '' : relative
}

/** Git looks for its folder in all above. */
function isInRepository(context: string): boolean {
  for (let folder = context; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, '.git'))) return true
    if (folder === path.dirname(folder)) return false
  }
}

function lines(text: string): string[] {
  return text.split('\n').map((line) => line.replaceAll("'", ''))
}

function known(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

const REVISION = 'label:org.opencontainers.image.revision'
const SOURCE = 'label:org.opencontainers.image.source'
const ENTRYPOINT = 'label:com.docker.image.source.entrypoint'
const MASK = 'xxxxx'
const QUIETLY = ['-c', 'protocol.file.allow=user', '-c', 'log.showSignature=false']
const FIXED = { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' }
const PASSED = ['PATH', 'HOME', 'XDG_CONFIG_HOME', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'GIT_CONFIG_GLOBAL'].concat([
  'GIT_CONFIG_SYSTEM',
  'SUDO_UID',
  'SystemRoot',
])
