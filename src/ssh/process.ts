import { spawn, type ChildProcess } from 'node:child_process'
import type { Socket } from 'node:net'
import type { Duplex, Readable, Writable } from 'node:stream'

/** An ssh that runs. */
export interface SshProcess {
  readonly stdin: Writable
  readonly stdout: Readable
  /** What it has said on stderr so far. */
  stderr(): string
  /** Resolves once it has ended and its stderr is read: its exit status as Go words it, empty for success. */
  readonly ended: Promise<Exit>
  /** Asks it to end; forces it after three seconds. */
  readonly kill: () => void
}

export interface Exit {
  readonly code: number | undefined
  /** `exit status 255`, `signal: terminated`; empty for success. */
  readonly words: string
}

export interface SshProgram {
  /** The program's file. */
  readonly file: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/** Opens the unix socket at `path`; rejects with ETIMEDOUT after `timeoutMs`. */
export type OpenSocket = (path: string, timeoutMs: number) => Promise<Duplex>

export interface SshRun {
  /** A file to remove when docket has exited. */
  readonly leftover?: string
  /** The control socket of the shared connection that this ssh goes through. */
  readonly control?: string
  /** Ends it when aborted. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs ssh so that it ends no sooner and no later than it should. Ctrl-C is not for it: docket may need the connection to pass
 * that on. So it ignores the signal, in the terminal's session where it can ask for passwords; through a shared connection,
 * where it would not ignore it and has nothing to ask, it gets a session of its own. A watcher beside it reads a pipe that only
 * docket holds, and ends ssh when docket has died, of whatever.
 */
export function startSsh({ file, env, platform }: SshProgram, args: readonly string[], run: SshRun = {}): SshProcess {
  const { leftover = '', control = '', signal } = run
  const child =
    platform === 'win32'
      ? spawn(file, args, { env: { ...env }, stdio: 'pipe', windowsHide: true })
      : spawn('/bin/sh', ['-c', GUARD, 'ssh', leftover, control, file, ...args], {
          env: { ...env },
          stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
          detached: control !== '',
        })
  const parentPipe = child.stdio[3] as Socket | null | undefined
  parentPipe?.on('error', () => undefined)
  const stderr = collect(child.stderr)
  const ended = endOf(child, stderr.done)
  child.once('exit', () => parentPipe?.end('\n'))
  let killed = false
  const kill = (): void => {
    if (killed || child.exitCode !== null || child.signalCode !== null) return
    killed = true
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 3000)
    timer.unref()
    child.once('exit', () => clearTimeout(timer))
  }
  signal?.addEventListener('abort', kill, { once: true })
  child.once('exit', () => signal?.removeEventListener('abort', kill))
  if (signal?.aborted) kill()
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: stderr.text,
    ended,
    kill,
  }
}

// A line on descriptor 3 says that ssh has ended by itself, the pipe's end that docket has. A shared connection ends by itself
// once idle, unless the remote host keeps a session open that nothing uses any more: the last one to use it ends it then.
const GUARD = `trap '' INT QUIT
leftover=$1 control=$2
shift 2
if [ -n "$control" ]; then echo $$ >"$control.last"; : >"$control.$$"; fi
{
  alone=
  read -r line <&3 || { kill $$; alone=1; }
  [ -z "$leftover" ] || rm -f -- "$leftover"
  if [ -n "$control" ]; then
    rm -f -- "$control.$$"
    for second in 1 2 3 4 5 6 7; do [ -z "$alone" ] || [ ! -S "$control" ] || sleep 1; done
    for other in "$control".[0-9]*; do [ ! -e "$other" ] || alone=; done
    if [ -n "$alone" ] && [ "$(cat "$control.last")" = $$ ]; then
      [ ! -S "$control" ] || "$1" -o "ControlPath=$control" -O exit -- host
      rm -f -- "$control.last"
    fi
  fi
} </dev/null >/dev/null 2>&1 &
exec "$@" 3<&-`

// A program that ssh leaves in the background (its multiplexing master) may keep stderr open: the process's own end
// counts, with a moment for what it said last.
function endOf(child: ChildProcess, said: Promise<void>): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: undefined, words: error.message }))
    child.once('exit', (code, signal) => {
      const exit = { code: code ?? undefined, words: exitWords(code, signal) }
      const timer = setTimeout(() => resolve(exit), STDERR_GRACE_MS)
      void said.then(() => {
        clearTimeout(timer)
        resolve(exit)
      })
    })
  })
}

function exitWords(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === null) return code === 0 ? '' : `exit status ${code ?? -1}`
  return `signal: ${SIGNALS[signal] ?? signal}`
}

function collect(stream: Readable): { text: () => string; done: Promise<void> } {
  const chunks: Buffer[] = []
  let length = 0
  stream.on('data', (chunk: Buffer) => {
    if (length < MAX_STDERR) chunks.push(chunk.subarray(0, MAX_STDERR - length))
    length += chunk.length
  })
  const done = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve())
  })
  return { text: () => Buffer.concat(chunks).toString(), done }
}

const SIGNALS: Partial<Record<string, string>> = {
  SIGTERM: 'terminated',
  SIGKILL: 'killed',
  SIGINT: 'interrupt',
  SIGHUP: 'hangup',
  SIGPIPE: 'broken pipe',
}
const STDERR_GRACE_MS = 200
const MAX_STDERR = 64 * 1024
