import { atLeast, command } from '../../cli/command.ts'
import { cliError, messageOf } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { isEngineError } from '../../engine/errors.ts'
import { confirm } from '../_confirm.ts'

const question =
  'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine ' +
  'version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be impaired.\n' +
  'Are you sure you want to continue?'

export default command({
  path: ['network rm'],
  aliases: ['network remove'],
  summary: 'Remove one or more networks',
  args: atLeast(1, 'NETWORK [NETWORK...]'),
  usage: 'NETWORK [NETWORK...]',
  flags: { force: bool('Ignore networks that do not exist', { short: 'f' }) },
  complete: 'networks',
  async run(context, { args, options }) {
    const { networks } = await context.engine()
    let failed = false
    for (const name of args) {
      if ((await isIngress(context, name)) && !(await confirm(context, question))) continue
      try {
        await networks.remove(name, { signal: context.signal })
        context.out.line(name)
      } catch (error) {
        context.signal.throwIfAborted()
        if (options.force === true && isEngineError(error, 404)) continue
        context.err.line(messageOf(error))
        failed = true
      }
    }
    if (failed) throw cliError('exit status 1')
  },
})

async function isIngress({ engine, signal }: Context, name: string): Promise<boolean> {
  const { networks } = await engine()
  try {
    const { Ingress } = await networks.inspect(name, { signal })
    return Ingress === true
  } catch {
    signal.throwIfAborted()
    return false
  }
}
