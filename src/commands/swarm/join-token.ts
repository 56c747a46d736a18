import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { printJoinCommand } from './_instructions.ts'

export default command({
  path: ['swarm join-token'],
  summary: 'Manage join tokens',
  args: exactly(1, '(worker|manager)'),
  since: '1.24',
  swarm: 'manager',
  flags: {
    quiet: bool('Print only the token', { short: 'q' }),
    rotate: bool('Make a new token; the old one lets no more nodes in'),
  },
  complete: 'node-roles',
  async run(context, { args: [role = ''], options }) {
    const { out, signal } = context
    if (role !== 'worker' && role !== 'manager') throw cliError(`unknown role ${role}`)
    const engine = await context.engine()
    const { swarm, system } = engine
    if (options.rotate === true) {
      const { Version, Spec } = await swarm.inspect({ signal })
      const rotate = role === 'worker' ? { workerToken: true } : { managerToken: true }
      await swarm.update(Version?.Index ?? 0, Spec ?? {}, { rotate, signal })
      if (options.quiet !== true) out.write(`Successfully rotated ${role} join token.\n\n`)
    }
    const { JoinTokens } = await swarm.inspect({ signal })
    if (options.quiet === true) return out.line(role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager)
    const { Swarm } = await system.info({ signal })
    await printJoinCommand(context, engine, Swarm?.NodeID ?? '', role)
  },
})
