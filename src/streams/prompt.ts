import type { Readable } from 'node:stream'
import { CliError } from '../errors/cli-error.ts'
import type { Context } from '../context.ts'

type World = Pick<Context, 'in' | 'out' | 'signal'>

/** Asks on stdout and reads one line from stdin, blanks around it left out. Throws when a signal asks the program to end meanwhile. */
export async function readLine({ in: input, out, signal }: World, question: string): Promise<string> {
  out.write(question)
  const stream = input.stream()
  let line = ''
  const done = await listen(stream, signal, (byte) => {
    if (byte === 0x0a) return true
    line += String.fromCharCode(byte)
    return false
  })
  if (!done) throw interrupted(out)
  return decode(line).trim()
}

/** As readLine, but what is typed does not show. The terminal is as before when it returns or throws. */
export async function readSecret({ in: input, out, signal }: World, question: string): Promise<string> {
  // Who types ahead of the question must not be shown either.
  input.setRaw(true)
  let line = ''
  let broken = false
  try {
    out.write(question)
    const done = await listen(input.stream(), signal, (byte) => {
      const character = String.fromCharCode(byte)
      if (character === '\r' || character === '\n') return true
      if (character === '\x03' || (character === '\x04' && line === '')) return (broken = true)
      if (character === '\x7f' || character === '\b') line = withoutLast(line)
      else if (character === '\x15') line = ''
      else line += character
      return false
    })
    if (!done || broken) throw interrupted(out)
  } finally {
    input.setRaw(false)
  }
  return decode(line).trim()
}

/** Hands each byte to `take` until it says that this was the last; false when the signal comes first. What follows stays in the stream. */
function listen(stream: Readable, signal: AbortSignal, take: (byte: number) => boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (done: boolean): void => {
      stream.off('data', onData).off('end', onEnd).off('error', onEnd).pause()
      signal.removeEventListener('abort', onAbort)
      resolve(done)
    }
    const onData = (chunk: Buffer): void => {
      const end = chunk.findIndex((byte) => take(byte))
      if (end < 0) return
      finish(true)
      if (end + 1 < chunk.length) stream.unshift(chunk.subarray(end + 1))
    }
    const onEnd = (): void => finish(true)
    const onAbort = (): void => finish(false)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    stream.on('data', onData).on('end', onEnd).on('error', onEnd).resume()
  })
}

function interrupted(out: World['out']): CliError {
  out.write('\n')
  return new CliError('', { code: 'interrupted', exitCode: 130 })
}

/** Lines are gathered as bytes, one a character. */
function decode(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

function withoutLast(bytes: string): string {
  return bytes.replace(/[^\x80-\xbf][\x80-\xbf]*$/s, '')
}
