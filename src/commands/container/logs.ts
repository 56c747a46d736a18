import { command, exactly } from '../../cli/command.ts'
import { wrap } from '../../errors/cli-error.ts'
import { bool, type Options, string } from '../../cli/flags.ts'
import type { LogsOptions } from '../../engine/types/container.ts'
import { logsFlags, logsTime, writeLogs } from '../_logs.ts'

const flags = {
  ...logsFlags,
  until: string('Show logs before a timestamp ("2025-01-31T08:00:00Z") or relative time ("10m")', { since: '1.35' }),
  details: bool('Prefix each line with the extra attributes set through --log-opt'),
}

export default command({
  path: ['container logs', 'logs'],
  summary: "Show a container's logs",
  args: exactly(1, 'CONTAINER'),
  flags,
  complete: 'container-all',
  async run(context, { args, options }) {
    const { engine, now, signal } = context
    const { containers } = await engine()
    const { Id, Config } = await containers.inspect(args[0] ?? '', { signal })
    const { body } = await containers.logs(Id, { ...logsOptions(options, now()), signal })
    await writeLogs(context, body, Config?.Tty === true)
  },
})

/** Gives the request's options; throws for a time that cannot be read (moby/client ContainerLogs). */
export function logsOptions(options: Options<typeof flags>, now: Date): LogsOptions {
  const { since, until, ...rest } = options
  return { ...rest, stdout: true, stderr: true, since: time('since', since, now), until: time('until', until, now) }
}

function time(name: string, text: string | undefined, now: Date): string | undefined {
  try {
    return logsTime(text, now)
  } catch (error) {
    throw wrap(error, `invalid value for "${name}"`)
  }
}
