import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { withLock } from '../streams/lock.ts'
import type { SshCommand } from './command.ts'
import { sshFolder } from './folder.ts'
import { startSsh, type Exit, type SshProcess, type SshProgram } from './process.ts'

/** A connection that others go through: the options for those, and its control socket. */
export interface SharedConnection {
  readonly options: readonly string[]
  readonly control: string
}

/**
 * Opens, or finds open, the connection that the command's requests share, and those of the next commands for a few seconds.
 * Undefined where DOCKET_SSH_MULTIPLEX is `0`, ssh cannot (Windows), the user's configuration has a ControlPath of its own, or
 * no private folder can be had. Gives the ssh that failed where it cannot connect; throws the signal's reason once it is aborted.
 */
export async function shareConnection(
  program: SshProgram,
  { options, host }: SshCommand,
  signal?: AbortSignal,
): Promise<SharedConnection | { failed: SshProcess; exit: Exit } | undefined> {
  const { env, file, platform } = program
  if (platform === 'win32' || /^(0|false|no|off)$/i.test(env['DOCKET_SSH_MULTIPLEX'] ?? '')) return undefined
  const control = sshFolder(env)?.control([file, ...options, host])
  if (control === undefined) return undefined
  const shared = { options: ['-o', `ControlPath=${control.path}`], control: control.path }
  // A socket that is there is ours, so that the question was asked a moment ago.
  if (!control.exists && (await hasOwn(program, [...options, '-G', '--', host], signal))) return undefined
  signal?.throwIfAborted()
  // Of two that open at once, ssh would leave the second behind for ever, sharing nothing.
  return withLock(control.path, () => openMaster(program, { options, host }, shared, signal), signal)
}

async function openMaster(
  program: SshProgram,
  { options, host }: SshCommand,
  shared: SharedConnection,
  signal?: AbortSignal,
): Promise<SharedConnection | { failed: SshProcess; exit: Exit } | undefined> {
  const check = [...shared.options, '-O', 'check', '--', host]
  if (existsSync(shared.control) && (await startSsh(program, check, { signal }).ended).words === '') return shared
  const master = ['-o', 'ControlMaster=auto', '-o', `ControlPersist=${PERSIST}`, '-f', '-N']
  const process = startSsh(program, [...options, ...shared.options, ...master, '--', host], { signal })
  const exit = await process.ended
  signal?.throwIfAborted()
  if (exit.words !== '') return { failed: process, exit }
  return existsSync(shared.control) ? shared : undefined
}

/** Whether the user's configuration settles how connections are shared; also where it cannot be read. */
function hasOwn({ file, env }: SshProgram, args: string[], signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { env: { ...env }, timeout: 10_000, signal }, (error, stdout) => {
      resolve(error !== null || /^controlpath (?!none$)/m.test(stdout))
    })
    child.stdin?.end()
  })
}

/** Seconds that the shared connection waits for another command. */
const PERSIST = 5
