import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { ContextStore } from '../../contexts/store.ts'
import { DEFAULT_CONTEXT, resolveContextName } from '../../connection/endpoint.ts'
import { quote } from '../../go/quote.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['context rm'],
  aliases: ['context remove'],
  summary: 'Remove one or more contexts',
  args: atLeast(1, 'CONTEXT [CONTEXT...]'),
  usage: 'CONTEXT [CONTEXT...]',
  flags: { force: bool('Remove the context even if in use', { short: 'f' }) },
  complete: 'contexts',
  async run(runtime, { args, options: { force = false } }) {
    const store = new ContextStore(runtime)
    const current = await resolveContextName(runtime)
    await eachInOrder(args, async (name) => {
      if (name === DEFAULT_CONTEXT) throw cliError('context "default" cannot be removed')
      if (name === current) {
        if (!force) throw cliError(`context ${quote(name)} is in use, set -f flag to force remove`)
        const { changeConfig } = await import('../../config/save.ts')
        await changeConfig(await runtime.config(), { currentContext: '' })
      }
      if (!force && !store.has(name)) throw cliError(`context ${quote(name)} does not exist`)
      store.remove(name)
      runtime.out.line(name)
    })
  },
})
