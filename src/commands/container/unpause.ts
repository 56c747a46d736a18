import { atLeast, command } from '../../cli/command.ts'
import { eachAtOnce } from '../_each.ts'

export default command({
  path: ['container unpause', 'unpause'],
  summary: 'Unpause all processes of one or more containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  complete: 'container-paused',
  async run({ engine, out, signal }, { args }) {
    const { containers } = await engine()
    await eachAtOnce(
      args,
      (id) => containers.unpause(id, { signal }),
      (id) => out.line(id),
    )
  },
})
