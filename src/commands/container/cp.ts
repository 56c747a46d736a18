import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { splitCopyArg } from './_copy-paths.ts'

export default command({
  path: ['container cp', 'cp'],
  summary: 'Copy files and directories between a container and the local file system',
  details:
    'Copy files and directories between a container and the local file system\n\n' +
    'With - as the source, a tar archive is read from standard input and extracted into a directory of the container.\n' +
    "With - as the destination, the container's files are written to standard output as a tar archive.",
  args: exactly(2, ''),
  usage: '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH',
  flags: {
    archive: bool('Archive mode: preserve UIDs and GIDs', { short: 'a' }),
    followLink: bool('Follow symbolic links in the source path', { short: 'L' }),
    quiet: bool('Hide the progress output (only a terminal shows it)', { short: 'q' }),
  },
  complete: 'container-paths',
  async run(context, { args: [from = '', to = ''], options }) {
    if (from === '') throw cliError('source can not be empty')
    if (to === '') throw cliError('destination can not be empty')
    const [source, destination] = [splitCopyArg(from), splitCopyArg(to)]
    const { archive = false, followLink = false, quiet = !context.out.isTerminal } = options
    const rest = { archive, followLink, quiet }
    if (source.container !== '' && destination.container !== '') {
      throw cliError('copying between containers is not supported')
    }
    if (source.container !== '') {
      const { copyFrom } = await import('./_copy-from.ts')
      const { container, path } = source
      return copyFrom(context, { container, containerPath: path, localPath: destination.path, ...rest })
    }
    if (destination.container === '') throw cliError('must specify at least one container source')
    const { copyTo } = await import('./_copy-to.ts')
    const { container, path } = destination
    return copyTo(context, { container, containerPath: path, localPath: source.path, ...rest })
  },
})
