import { atLeast, command } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { Sendable } from '../../engine/sendable.ts'
import type { ServiceSpec } from '../../engine/types/service.ts'
import { cliError, joinErrors, type UsageSite, wrap } from '../../errors/cli-error.ts'
import { type Int64, parseUnsigned } from '../../go/int.ts'
import { cut } from '../../parse/cut.ts'
import { waitOnServices } from './_converge.ts'
import { withImage } from './_image.ts'

const summary = 'Set the number of replicas of one or more services'
const args = atLeast(1, 'SERVICE=REPLICAS [SERVICE=REPLICAS...]')

export default command({
  path: ['service scale'],
  summary,
  args,
  usage: args.usage,
  flags: {
    detach: bool('Return at once instead of waiting until the service has converged', { short: 'd', since: '1.29' }),
  },
  complete: 'services-to-scale',
  async run(context, { args, options, site }) {
    const wanted = args.map((arg) => scaleOf(arg, site))
    const errors: unknown[] = []
    const scaled: string[] = []
    for (const { id, replicas } of wanted) {
      try {
        await scale(context, id, replicas)
        scaled.push(id)
      } catch (error) {
        context.signal.throwIfAborted()
        errors.push(wrap(error, id))
      }
    }
    if (options.detach !== true) errors.push(...(await waitOnServices(context, scaled)))
    if (errors.length > 0) throw joinErrors(errors)
  },
})

/** Takes `SERVICE=REPLICAS`, the number still to be read. */
function scaleOf(arg: string, { commandPath, useLine }: UsageSite): { id: string; replicas: string } {
  const { before: id, after: replicas } = cut(arg, '=')
  if (id !== '' && replicas !== '') return { id, replicas }
  const usage = `See '${commandPath} --help'.\n\nUsage:  ${useLine}\n\n${summary}`
  throw cliError(`invalid scale specifier '${arg}'.\n${usage}`)
}

/** Asks for so many replicas, or completions of a job. */
async function scale(context: Context, id: string, text: string): Promise<void> {
  const { err, out, signal } = context
  const replicas = replicasOf(text)
  const { services } = await context.engine()
  const { ID, Version, Spec = {} } = await services.inspectExact(id, { signal })
  const { spec } = await withImage(context, withReplicas(Spec, replicas), { resolve: false })
  for (const warning of await services.update(ID, Version?.Index ?? 0, spec, { signal })) err.line(warning)
  out.line(`${id} scaled to ${replicas}`)
}

function replicasOf(text: string): Int64 {
  try {
    return parseUnsigned(text)
  } catch (error) {
    throw wrap(error, `invalid replicas value ${text}`)
  }
}

function withReplicas(spec: Sendable<ServiceSpec>, replicas: Int64): Sendable<ServiceSpec> {
  const { Replicated, ReplicatedJob } = spec.Mode ?? {}
  if (Replicated) return { ...spec, Mode: { ...spec.Mode, Replicated: { ...Replicated, Replicas: replicas } } }
  if (!ReplicatedJob) throw cliError('scale can only be used with replicated or replicated-job mode')
  return { ...spec, Mode: { ...spec.Mode, ReplicatedJob: { ...ReplicatedJob, TotalCompletions: replicas } } }
}
