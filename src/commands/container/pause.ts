import { atLeast, command } from '../../cli/command.ts'
import { eachAtOnce } from '../_each.ts'

export default command({
  path: ['container pause', 'pause'],
  summary: 'Pause all processes of one or more containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  complete: 'container-unpaused',
  async run({ engine, out, signal }, { args }) {
    const { containers } = await engine()
    await eachAtOnce(
      args,
      (id) => containers.pause(id, { signal }),
      (id) => out.line(id),
    )
  },
})
