import { command, noArgs } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { withoutSecret } from '../../errors/secrets.ts'
import type { Context } from '../../context.ts'
import { readLine, readSecret } from '../../streams/prompt.ts'

export default command({
  path: ['swarm unlock'],
  summary: 'Unlock swarm',
  usage: '',
  args: noArgs,
  since: '1.24',
  swarm: 'manager',
  async run(context) {
    const { signal } = context
    const { swarm, system } = await context.engine()
    const { Swarm } = await system.info({ signal })
    const state = Swarm?.LocalNodeState ?? ''
    if (state === 'inactive') throw cliError('error: this node is not part of a swarm')
    if (['pending', 'active', 'error'].includes(state)) throw cliError('error: swarm is not locked')
    const key = await readKey(context)
    await swarm.unlock(key, { signal }).catch((error: unknown) => {
      throw withoutSecret(error, key)
    })
  },
})

async function readKey(context: Context): Promise<string> {
  if (!context.in.isTerminal) return readLine(context, '')
  const key = await readSecret(context, 'Enter unlock key: ')
  context.out.write('\n')
  return key
}
