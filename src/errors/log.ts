import type { Context } from '../context.ts'
import { quote } from '../go/quote.ts'
import { visible } from '../go/visible.ts'

const levels = ['panic', 'fatal', 'error', 'warning', 'info', 'debug', 'trace']
const shapes = { error: { short: 'ERRO', colour: 31 }, warning: { short: 'WARN', colour: 33 } } as const

/** Logs to stderr something that does not stop the command, unless `--log-level` leaves it out (logrus TextFormatter). */
export function log(
  {
    err,
    globals,
    now,
  }: Pick<Context, 'globals' | 'now'> & { readonly err: Pick<Context['err'], 'isTerminal' | 'line' | 'write'> },
  level: keyof typeof shapes,
  message: string,
): void {
  const wanted = globals.logLevel === 'warn' ? 'warning' : (globals.logLevel ?? 'info')
  if (levels.indexOf(wanted) < levels.indexOf(level)) return
  if (err.isTerminal) err.write(terminalLine(level, visible(message)))
  else err.line(`time=${quote(rfc3339(now()))} level=${level} msg=${value(message)}`)
}

function terminalLine(level: keyof typeof shapes, message: string): Uint8Array {
  const { short, colour } = shapes[level]
  return Buffer.from(`\x1b[${colour}m${short}\x1b[0m[0000] ${message.replace(/\n$/, '').padEnd(44)} \n`)
}

function value(text: string): string {
  return /^[\w.\-/@^+]+$/.test(text) ? text : quote(text)
}

/** The local time to the second, with its offset from UTC. */
function rfc3339(date: Date): string {
  const offset = -date.getTimezoneOffset()
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19)
  if (offset === 0) return `${local}Z`
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((n) =>
    String(n).padStart(2, '0'),
  )
  return `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`
}
