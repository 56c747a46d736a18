import { atLeast, command } from '../../cli/command.ts'
import { eachInOrder } from '../_each.ts'

export default command({
  path: ['container wait', 'wait'],
  summary: 'Wait for one or more containers to stop and print their exit codes',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  complete: 'container-running',
  async run({ engine, out, signal }, { args }) {
    const { containers } = await engine()
    await eachInOrder(args, async (id) => {
      const { exited } = await containers.wait(id, { signal })
      const { StatusCode } = await exited
      out.line(String(StatusCode ?? 0))
    })
  },
})
