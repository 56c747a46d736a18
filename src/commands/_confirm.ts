import type { Context } from '../context.ts'

/**
 * Asks on stdout, reads one line from stdin: true for `y` or `Y`, false for anything else, the end of the input, and
 * when a signal asks the program to end meanwhile (docker/cli internal/prompt Confirm). Who is refused ends quietly, status 0.
 */
export async function confirm({ in: input, out, signal }: Pick<Context, 'in' | 'out' | 'signal'>, question: string) {
  out.write(`${question || 'Are you sure you want to proceed?'} [y/N] `)
  const line = await firstLine(input.stream(), signal)
  if (line === undefined) out.write('\n')
  return line?.trim().toLowerCase() === 'y'
}

/** The text up to the first line feed, or what there is at the end; undefined when the signal comes first. */
function firstLine(stream: ReturnType<Context['in']['stream']>, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const finish = (line: string | undefined): void => {
      stream.off('data', take).off('end', end).off('error', end).pause()
      signal.removeEventListener('abort', abort)
      resolve(line)
    }
    const take = (chunk: Buffer): void => {
      chunks.push(chunk)
      if (chunk.includes('\n')) end()
    }
    const end = (): void => finish(Buffer.concat(chunks).toString().split('\n', 1)[0] ?? '')
    const abort = (): void => finish(undefined)
    if (signal.aborted) return abort()
    signal.addEventListener('abort', abort)
    stream.on('data', take).on('end', end).on('error', end)
  })
}
