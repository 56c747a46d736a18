import { command, exactly } from '../../cli/command.ts'
import { wrap } from '../../errors/cli-error.ts'

export default command({
  path: ['container rename', 'rename'],
  summary: 'Rename a container',
  args: exactly(2, 'CONTAINER NEW_NAME'),
  complete: 'container-all',
  async run({ engine, signal }, { args }) {
    const [id = '', name = ''] = args
    const { containers } = await engine()
    try {
      await containers.rename(id, name, { signal })
    } catch (error) {
      signal.throwIfAborted()
      throw wrap(error, 'failed to rename container')
    }
  },
})
