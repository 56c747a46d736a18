import { bool, string } from '../cli/flags.ts'
import type { Context } from '../context.ts'
import { demultiplex } from '../engine/stdcopy.ts'
import type { ResponseBody } from '../engine/transport.ts'
import { parseTimestamp } from '../parse/timestamp.ts'

/** What logs of every kind can be asked for. */
export const logsFlags = {
  follow: bool('Keep streaming new log output', { short: 'f' }),
  since: string('Show logs since a timestamp ("2025-01-31T08:00:00Z") or relative time ("10m")'),
  timestamps: bool('Prefix each line with its timestamp', { short: 't' }),
  tail: string('Number of lines to show from the end of the log', { short: 'n', shownDefault: 'all' }),
}

/** A time as requests carry it, undefined for none; throws for one that cannot be read. */
export function logsTime(text: string | undefined, now: Date): string | undefined {
  return text === undefined || text === '' ? undefined : parseTimestamp(text, now)
}

/** Writes logs as they come: a terminal's bytes as they are, others by their stream. */
export function writeLogs({ out, err }: Pick<Context, 'out' | 'err'>, body: ResponseBody, tty: boolean): Promise<void> {
  if (tty) return body.pump((chunk) => out.send(chunk))
  const streams = demultiplex({ stdout: (chunk) => out.send(chunk), stderr: (chunk) => err.send(chunk) })
  return body.pump((chunk) => streams.write(chunk))
}
