import { type ChildProcessByStdio, spawn, type StdioOptions } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { cliError, messageOf, wrap } from '../errors/cli-error.ts'
import { lookPath } from '../go/look-path.ts'
import { parseJSON } from '../go/json-syntax.ts'
import { isExecutable } from '../streams/executable.ts'
import { toJson } from '../go/json-data.ts'
import type { AuthConfig } from './data.ts'
import type { CredentialContext, CredentialStore } from './credentials.ts'
import { dictionary } from '../go/dictionary.ts'

const prefix = 'docker-credential-'
const tokenUser = '<token>'

/** How long a helper may take; more where a person may have to type a passphrase. */
const timeoutMs = { scripted: 30_000, interactive: 120_000 }

/**
 * Credentials kept by the program `docker-credential-<name>`; its e-mail addresses and the like stay in `file`
 * (docker/cli credentials/native_store.go).
 */
export function nativeStore(context: CredentialContext, name: string, file: CredentialStore): CredentialStore {
  const run = (action: string, input: string): Promise<Outcome> => runHelper(context, prefix + name, action, input)
  const read = async (server: string): Promise<AuthConfig> => {
    const outcome = await run('get', server)
    if (outcome.problem !== undefined && outcome.text.trim() === 'credentials not found in native keychain') return {}
    check('getting', outcome)
    const { Username = '', Secret = '' } = (parse(outcome.text) ?? {}) as { Username?: string; Secret?: string }
    const secret = Username === tokenUser ? { identitytoken: Secret } : { username: Username, password: Secret }
    return { ...secret, serveraddress: server }
  }
  return {
    async get(server) {
      return { ...withoutSecrets(await file.get(server)), ...(await read(server)) }
    },
    async getAll() {
      const listed = await run('list', 'unused')
      check('listing', listed)
      const known = await file.getAll()
      const all = dictionary<AuthConfig>()
      for (const server of Object.keys((parse(listed.text) ?? {}) as object)) {
        all[server] = {
          ...withoutSecrets((Object.hasOwn(known, server) ? known[server] : undefined) ?? {}),
          ...(await read(server)),
        }
      }
      return all
    },
    async store(auth) {
      const { username = '', password = '', identitytoken = '', ...rest } = auth
      const secret = identitytoken === '' ? [username, password] : [tokenUser, identitytoken]
      const entry = { ServerURL: auth.serveraddress ?? '', Username: secret[0], Secret: secret[1] }
      check('storing', await run('store', `${toJson(entry)}\n`))
      await file.store(rest)
    },
    async erase(server) {
      check('erasing', await run('erase', server))
      await file.erase(server)
    },
  }
}

function withoutSecrets(auth: AuthConfig): AuthConfig {
  const { auth: encoded, registrytoken } = auth
  return {
    ...(encoded === undefined ? {} : { auth: encoded }),
    ...(registrytoken === undefined ? {} : { registrytoken }),
  }
}

/** The name of the helper that this system has by default; empty without one (docker/cli credentials.DetectDefaultStore). */
export function defaultHelper(context: CredentialContext): string {
  const { platform } = context
  const candidates: Partial<Record<NodeJS.Platform, string>> = {
    darwin: 'osxkeychain',
    win32: 'wincred',
    linux: isProgram(context, 'pass') ? 'pass' : 'secretservice',
  }
  const name = candidates[platform]
  return name !== undefined && isProgram(context, prefix + name) ? name : ''
}

function isProgram(context: CredentialContext, name: string): boolean {
  try {
    return programFile(context, name) !== ''
  } catch {
    return false
  }
}

/** The program's file; throws with Go's message where PATH has none, or only in the working folder. */
function programFile({ env, platform }: CredentialContext, name: string): string {
  return lookPath(name, env, isExecutable, platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''])
}

interface Outcome {
  /** Standard output. */
  readonly text: string
  /** Why it failed, as Go's os/exec says it. */
  readonly problem?: string
}

type HelperProcess = ChildProcessByStdio<Writable, Readable, null>

function runHelper(context: CredentialContext, program: string, action: string, input: string): Promise<Outcome> {
  const { env, cwd, signal, err } = context
  let file: string
  try {
    file = programFile(context, program)
  } catch (error) {
    return Promise.resolve({ text: '', problem: messageOf(error) })
  }
  const limit = context.in.isTerminal ? timeoutMs.interactive : timeoutMs.scripted
  return new Promise((resolve) => {
    const output: Buffer[] = []
    const text = (): string => Buffer.concat(output).toString('utf8')
    const stdio: StdioOptions = ['pipe', 'pipe', err.fd]
    const child = spawn(file, [action], { env, cwd, stdio }) as HelperProcess
    let problem: string | undefined
    const kill = (reason: string) => () => {
      problem = reason
      child.kill('SIGKILL')
      // What the helper started may hold the pipe open.
      child.stdout.destroy()
    }
    const timer = setTimeout(kill(`no answer from ${program} within ${limit / 1000} seconds`), limit)
    const onAbort = kill('interrupted')
    signal.addEventListener('abort', onAbort, { once: true })
    const settle = (failed: string | undefined): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      resolve(failed === undefined ? { text: text() } : { text: text(), problem: failed })
    }
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    child.on('error', (error: NodeJS.ErrnoException) => settle(problem ?? startFailure(program, error)))
    child.on('close', (code, name) => settle(problem ?? exitProblem(code, name)))
  })
}

function startFailure(program: string, error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return `exec: "${program}": executable file not found in $PATH`
  return error.code === 'EACCES' ? `exec: "${program}": permission denied` : error.message
}

function exitProblem(code: number | null, signal: NodeJS.Signals | null): string | undefined {
  if (code === 0) return undefined
  return code === null ? `signal: ${signalWords[signal ?? ''] ?? signal}` : `exit status ${code}`
}

const signalWords = dictionary({
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
  SIGABRT: 'aborted',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGPIPE: 'broken pipe',
  SIGTERM: 'terminated',
})

function check(doing: string, { text, problem }: Outcome): void {
  if (problem === undefined) return
  const said = text.trim()
  const known = ['no credentials server URL', 'no credentials username'].includes(said)
  // What is said beside a failure is its reason, unless it is what was asked for.
  const shown = said.includes('"Secret"') ? '(credentials, not shown)' : said
  throw cliError(`error ${doing} credentials - err: ${known ? said : problem}, out: \`${shown}\``)
}

function parse(text: string): unknown {
  try {
    return parseJSON(text)
  } catch (error) {
    throw wrap(error, 'credential helper did not answer with JSON')
  }
}
