import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { isEngineError } from '../../engine/errors.ts'
import type { SwarmService } from '../../engine/types/service.ts'
import { wires } from '../../engine/wires.ts'
import { inspect } from '../_inspect.ts'

export default command({
  path: ['service inspect'],
  summary: 'Show details of one or more services',
  args: atLeast(1, 'SERVICE [SERVICE...]'),
  flags: {
    format: string('Format the output: "json" or a Go template', { short: 'f' }),
    pretty: bool('Print a human-readable summary instead of JSON'),
  },
  complete: 'services',
  async run(context, { args, options }) {
    if (options.pretty === true && options.format) throw cliError('--format is incompatible with human friendly format')
    const chosen = options.pretty === true ? 'pretty' : options.format
    const format = chosen || (await context.config()).data.serviceInspectFormat || ''
    if (format.startsWith('pretty') && format !== 'pretty') {
      throw cliError('cannot supply extra formatting options to the pretty template')
    }
    if (format === 'pretty') return printPretty(context, args)
    const { signal } = context
    const { services } = await context.engine()
    await inspect(
      context,
      args,
      format.replace(/^raw/, ''),
      async (id) => ({
        raw: await described(id, services.inspectText(id, { insertDefaults: true, signal })),
        type: wires.service,
      }),
      1,
    )
  },
})

async function printPretty(context: Context, ids: readonly string[]): Promise<void> {
  const { prettyService } = await import('../../format/views/service-pretty.ts')
  const { signal } = context
  const { services } = await context.engine()
  let text = ''
  for (const id of ids) {
    const service = await described(id, services.inspect(id, { insertDefaults: true, signal }))
    await askForNetworks(context, service)
    text += prettyService(service, context.now())
  }
  context.out.write(text)
}

async function described<T>(id: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw isEngineError(error, 404) ? cliError(`no such service: ${id}`) : error
  }
}

/** Asks for the service's networks, as the reference does, which then shows their IDs all the same. */
async function askForNetworks({ engine, signal }: Context, service: SwarmService): Promise<void> {
  const { networks } = await engine()
  for (const { Target = '' } of service.Spec?.TaskTemplate?.Networks ?? []) {
    await networks.inspectText(Target, { scope: 'swarm', signal }).catch(() => signal.throwIfAborted())
  }
}
