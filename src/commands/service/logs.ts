import { command, exactly } from '../../cli/command.ts'
import { bool, type Options } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { isEngineError } from '../../engine/errors.ts'
import type { TransportResponse } from '../../engine/transport.ts'
import type { LogsOptions } from '../../engine/types/container.ts'
import { cliError, wrap } from '../../errors/cli-error.ts'
import { shortId } from '../../format/text.ts'
import { visibleCell } from '../../go/visible.ts'
import { idResolver } from '../_id-resolver.ts'
import { logsFlags, logsTime, writeLogs } from '../_logs.ts'
import { detailsText, type LogSource, logSource } from './_log-details.ts'
import { LogLines } from './_log-lines.ts'

const flags = {
  ...logsFlags,
  details: bool('Prefix each line with the extra attributes set through --log-opt', { since: '1.30' }),
  noResolve: bool('Show IDs instead of names'),
  noTaskIds: bool('Leave task IDs out of the names of tasks'),
  noTrunc: bool('Do not truncate values'),
  raw: bool('Print the lines alone, without the names of tasks', { since: '1.30' }),
}

export default command({
  path: ['service logs'],
  summary: 'Show the logs of a service or task',
  args: exactly(1, 'SERVICE|TASK'),
  since: '1.29',
  flags,
  complete: 'services',
  async run(context, { args: [name = ''], options }) {
    const { follow, timestamps, tail, since, raw = false } = options
    const target = (await serviceLogs(context, name)) ?? (await taskLogs(context, name))
    // The lines of a terminal have nothing in front that says whose they are.
    if (target.tty && !raw) throw cliError('tty service logs only supported with --raw')
    const request = { follow, timestamps, tail, details: options.details === true || !raw }
    const { body } = await target.open({ ...request, stdout: true, stderr: true }, since)
    if (raw) return writeLogs(context, body, target.tty)
    const lines = new LogLines({
      stdout: (chunk) => context.out.send(chunk),
      stderr: (chunk) => context.err.send(chunk),
      timestamps: timestamps === true,
      label: labels(context, target.digits, options),
    })
    await body.pump((chunk) => lines.write(chunk))
  },
})

/** Whose logs are asked for. */
interface Target {
  readonly tty: boolean
  /** How wide the number of its last task is. */
  readonly digits: number
  readonly open: (options: LogsOptions, since: string | undefined) => Promise<TransportResponse>
}

async function serviceLogs({ engine, now, signal }: Context, name: string): Promise<Target | undefined> {
  const { services } = await engine()
  const service = await services.inspect(name, { signal }).catch((error: unknown) => {
    if (isEngineError(error, 404)) return undefined
    throw error
  })
  if (service === undefined) return undefined
  return {
    tty: service.Spec?.TaskTemplate?.ContainerSpec?.TTY === true,
    digits: digits(service.Spec?.Mode?.Replicated?.Replicas ?? 0),
    open: (options, since) => services.logs(name, { ...options, since: sinceTime(since, now()), signal }),
  }
}

async function taskLogs({ engine, now, signal }: Context, id: string): Promise<Target> {
  const { services } = await engine()
  const task = await services.inspectTask(id, { signal }).catch((error: unknown) => {
    throw isEngineError(error, 404) ? cliError(`no such task or service: ${id}`) : error
  })
  return {
    tty: task.Spec?.ContainerSpec?.TTY === true,
    digits: digits(task.Slot ?? 0),
    open: (options, since) => services.taskLogs(id, { ...options, since: logsTime(since, now()), signal }),
  }
}

function sinceTime(text: string | undefined, now: Date): string | undefined {
  try {
    return logsTime(text, now)
  } catch (error) {
    throw wrap(error, 'invalid value for "since"')
  }
}

/** Gives what stands before a line, from its details: `web.1.ID@node    | `, padded so that the lines of all tasks align. */
function labels(context: Context, width: number, options: Options<typeof flags>): (details: string) => Promise<string> {
  const resolve = idResolver(context, options.noResolve === true)
  const names = new Map<string, string>()
  const nameOf = async ({ node, service, task }: LogSource): Promise<string> => {
    const nodeName = await resolve('node', node)
    const serviceName = await resolve('service', service)
    const { ID, Slot = 0 } = await (await context.engine()).services.inspectTask(task, { signal: context.signal })
    const id = options.noTaskIds === true ? '' : `.${options.noTrunc === true ? ID : shortId(ID)}`
    return `${serviceName}.${Slot}${id}@${nodeName}${' '.repeat(Math.max(0, width - digits(Slot)))}`
  }
  const shown = context.out.isTerminal || context.err.isTerminal ? visibleCell : (text: string) => text
  return async (details) => {
    const source = logSource(details)
    const key = JSON.stringify([source.node, source.service, source.task])
    const name = names.get(key) ?? (await nameOf(source))
    names.set(key, name)
    return shown(`${name}    | ${options.details === true ? `${detailsText(source.rest)} ` : ''}`)
  }
}

function digits(count: number): number {
  return String(count).length
}
