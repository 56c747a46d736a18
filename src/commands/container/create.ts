import { atLeast, command } from '../../cli/command.ts'
import { configFlags, createFlags } from './_create/flags.ts'
import { createContainer, prepareRequest } from './_create/create.ts'

export default command({
  path: ['container create', 'create'],
  summary: 'Create a container without starting it',
  args: atLeast(1, 'IMAGE [COMMAND] [ARG...]'),
  interspersed: false,
  flags: { ...configFlags, ...createFlags },
  complete: 'images',
  async run(context, { args, options }) {
    const request = await prepareRequest(context, 'create', options, args)
    context.out.line(await createContainer(context, request, options))
  },
})
