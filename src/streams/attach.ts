import { wrap } from '../errors/cli-error.ts'
import type { Context } from '../context.ts'
import type { HijackedStream } from '../engine/transport.ts'
import { parseDetachKeys } from '../parse/detach-keys.ts'
import { DetachScanner } from './detach.ts'
import { demultiplex } from '../engine/stdcopy.ts'
import type { Input, Output } from './stdio.ts'
import type { Sink } from './sink.ts'
import { streamWriter } from './stream-writer.ts'

export interface AttachedStreams {
  /** Whether the process has a terminal: one stream of raw bytes, detach keys looked for in what is typed. */
  readonly tty: boolean
  /** Each left out where it is not attached. */
  readonly stdin?: Input | undefined
  readonly stdout?: Output | undefined
  readonly stderr?: Output | undefined
  /** As written by the user; the default when empty. */
  readonly detachKeys?: string | undefined
  /** Signals go to the process, so that they do not end this program. */
  readonly proxied?: boolean
  /** Ends the pump, which then throws the signal's reason. */
  readonly signal: AbortSignal
}

/**
 * Moves bytes between this program's streams and those of a process until its output ends, or the user detaches, or there
 * is nothing but input and that ends. Whatever happens, the terminal is as it was and the connection closed after it.
 * `detached` tells whether the detach keys were typed (docker/cli cli/command/container/hijack.go).
 */
export async function pumpStreams(
  context: Context,
  connection: HijackedStream,
  streams: AttachedStreams,
): Promise<{ detached: boolean }> {
  const { stdin, stdout, stderr, tty, signal } = streams
  const abort = rejection(signal)
  let restore = (): void => undefined
  try {
    let keys: Uint8Array | undefined
    if (tty && stdin !== undefined) {
      keys = detachKeys(streams.detachKeys || DEFAULT_KEYS)
      const { rawMode } = await import('./terminal.ts')
      restore = rawMode(context, { proxied: streams.proxied === true })
    }
    const output = stdout !== undefined || stderr !== undefined ? receive(connection, streams) : undefined
    const input = send(connection, stdin, keys)
    const ended = output?.then(() => ({ detached: false }))
    const done = input.then((result) => (result.detached || ended === undefined ? result : ended))
    return await Promise.race([...(ended === undefined ? [] : [ended]), done, abort.promise])
  } finally {
    restore()
    stdin?.release()
    abort.release()
    connection.socket.destroy()
  }
}

function receive(connection: HijackedStream, { tty, stdout, stderr }: AttachedStreams): Promise<void> {
  if (tty && stdout !== undefined) return connection.pump((chunk) => stdout.send(chunk))
  const sink = (output: Output | undefined): Sink => (output === undefined ? () => undefined : (c) => output.send(c))
  const frames = demultiplex({ stdout: sink(stdout), stderr: sink(stderr) })
  return connection.pump((chunk) => frames.write(chunk))
}

/** Sends input until it ends, the process stops taking it, or the detach keys are typed; then closes our direction. */
async function send(
  { socket }: HijackedStream,
  stdin: Input | undefined,
  keys: Uint8Array | undefined,
): Promise<{ detached: boolean }> {
  const forward = streamWriter(socket)
  const scanner = keys === undefined ? undefined : new DetachScanner(keys)
  let detached = false
  const scan: Sink = (typed) => {
    const scanned = scanner?.scan(typed) ?? { data: typed, detached: false }
    detached = scanned.detached
    if (detached) stdin?.release()
    return scanned.data.length > 0 ? forward(scanned.data) : undefined
  }
  // A process that no longer reads says so by the end of its output, not here.
  await stdin?.pump(scan).catch(() => undefined)
  if (!detached) socket.end()
  return { detached }
}

/** The detach keys to look for; nothing is attached where they are none. */
function detachKeys(text: string): Uint8Array {
  try {
    return parseDetachKeys(text)
  } catch (error) {
    throw wrap(error, `unable to setup input stream: invalid detach keys (${text})`)
  }
}

function rejection(signal: AbortSignal): { promise: Promise<never>; release: () => void } {
  let release = (): void => undefined
  const promise = new Promise<never>((_, reject) => {
    const fail = (): void => reject(signal.reason as Error)
    release = () => signal.removeEventListener('abort', fail)
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })
  return { promise, release }
}

const DEFAULT_KEYS = 'ctrl-p,ctrl-q'
