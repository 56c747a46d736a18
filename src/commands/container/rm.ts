import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { isEngineError } from '../../engine/errors.ts'
import { eachAtOnce } from '../_each.ts'

export default command({
  path: ['container rm', 'rm'],
  aliases: ['container remove'],
  summary: 'Remove one or more containers',
  args: atLeast(1, 'CONTAINER [CONTAINER...]'),
  flags: {
    volumes: bool('Remove the anonymous volumes of the container as well', { short: 'v' }),
    link: bool('Remove a link instead of a container', { short: 'l' }),
    force: bool('Kill and remove a running container', { short: 'f' }),
  },
  complete: 'container-to-remove',
  async run({ engine, out, signal }, { args, options }) {
    const { containers } = await engine()
    const missing = new Set<string>()
    await eachAtOnce(
      args,
      async (name) => {
        const id = name.replace(/^\/+|\/+$/g, '')
        if (id === '') throw cliError('container name cannot be empty')
        try {
          await containers.remove(id, { ...options, signal })
        } catch (error) {
          if (options.force !== true || !isEngineError(error, 404)) throw error
          missing.add(name)
        }
      },
      (name) => {
        if (!missing.has(name)) out.line(name)
      },
    )
  },
})
