import { command, exactly } from '../../cli/command.ts'
import { wrap } from '../../errors/cli-error.ts'
import { bool, type Options, string } from '../../cli/flags.ts'
import type { LogsOptions } from '../../engine/types/container.ts'
import { parseTimestamp } from '../../parse/timestamp.ts'
import { demultiplex } from '../../engine/stdcopy.ts'

const flags = {
  follow: bool('Keep streaming new log output', { short: 'f' }),
  since: string('Show logs since a timestamp ("2025-01-31T08:00:00Z") or relative time ("10m")'),
  until: string('Show logs before a timestamp ("2025-01-31T08:00:00Z") or relative time ("10m")', { since: '1.35' }),
  timestamps: bool('Prefix each line with its timestamp', { short: 't' }),
  details: bool('Prefix each line with the extra attributes set through --log-opt'),
  tail: string('Number of lines to show from the end of the log', { short: 'n', shownDefault: 'all' }),
}

export default command({
  path: ['container logs', 'logs'],
  summary: "Show a container's logs",
  args: exactly(1, 'CONTAINER'),
  flags,
  complete: 'container-all',
  async run({ engine, out, err, now, signal }, { args, options }) {
    const { containers } = await engine()
    const { Id, Config } = await containers.inspect(args[0] ?? '', { signal })
    const { body } = await containers.logs(Id, { ...logsOptions(options, now()), signal })
    if (Config?.Tty === true) return body.pump((chunk) => out.send(chunk))
    const streams = demultiplex({ stdout: (chunk) => out.send(chunk), stderr: (chunk) => err.send(chunk) })
    await body.pump((chunk) => streams.write(chunk))
  },
})

/** Gives the request's options; throws for a time that cannot be read (moby/client ContainerLogs). */
export function logsOptions(options: Options<typeof flags>, now: Date): LogsOptions {
  const { since, until, ...rest } = options
  return { ...rest, stdout: true, stderr: true, since: time('since', since, now), until: time('until', until, now) }
}

function time(name: string, text: string | undefined, now: Date): string | undefined {
  if (text === undefined || text === '') return undefined
  try {
    return parseTimestamp(text, now)
  } catch (error) {
    throw wrap(error, `invalid value for "${name}"`)
  }
}
