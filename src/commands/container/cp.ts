import { command, exactly } from '../../cli/command.ts'
import { failure } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { splitCopyArg } from './_copy-paths.ts'

export default command({
  path: ['container cp', 'cp'],
  summary: 'Copy files and folders between a container and this machine',
  details:
    'Copy files and folders between a container and this machine\n\n' +
    'With - as the source, a tar archive is read from stdin and unpacked into a folder of the container. With - as the\n' +
    'destination, a tar archive of what is in the container goes to stdout.',
  args: exactly(2, ''),
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  flags: {
    archive: bool('Copy owners too', { short: 'a' }),
    followLink: bool('Follow a link that is the source', { short: 'L' }),
    quiet: bool('Show no progress; nothing shows it where there is no terminal', { short: 'q' }),
  },
  complete: 'container-all',
  async run(context, { args: [from = '', to = ''], options }) {
    if (from === '') throw failure('source can not be empty')
    if (to === '') throw failure('destination can not be empty')
    const [source, destination] = [splitCopyArg(from), splitCopyArg(to)]
    const { archive = false, followLink = false, quiet = !context.out.isTerminal } = options
    const rest = { archive, followLink, quiet }
    if (source.container !== '' && destination.container !== '') {
      throw failure('copying between containers is not supported')
    }
    if (source.container !== '') {
      const { copyFrom } = await import('./_copy-from.ts')
      const { container, path } = source
      return copyFrom(context, { container, containerPath: path, localPath: destination.path, ...rest })
    }
    if (destination.container === '') throw failure('must specify at least one container source')
    const { copyTo } = await import('./_copy-to.ts')
    const { container, path } = destination
    return copyTo(context, { container, containerPath: path, localPath: source.path, ...rest })
  },
})
