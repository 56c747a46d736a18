import { command, exactly } from '../../cli/command.ts'
import { bool, commaList, string } from '../../cli/flags.ts'
import { cliError, joinErrors } from '../../errors/cli-error.ts'
import type { DeployOptions } from './_deploy-services.ts'
import { stackFlags } from './_flags.ts'
import { checkStackName } from './_namespace.ts'

export default command({
  path: ['stack deploy'],
  aliases: ['stack up'],
  summary: 'Deploy a new stack or update one that is there',
  args: exactly(1, 'STACK'),
  flags: {
    ...stackFlags,
    composeFile: commaList('Path to a Compose file, "-" for stdin', { short: 'c', since: '1.25', complete: 'files' }),
    detach: bool('Do not wait until the services have converged', { short: 'd', shownDefault: 'true' }),
    prune: bool('Remove services that the files do not name any more', { since: '1.27' }),
    quiet: bool('Suppress progress output', { short: 'q' }),
    resolveImage: string(
      'When to ask the registry for the digests and platforms of images ("always", "changed", "never")',
      { since: '1.30', shownDefault: 'always' },
    ),
    withRegistryAuth: bool('Send credentials of the registry to the nodes of the swarm'),
  },
  complete: 'stacks',
  async run(context, { args: [stack = ''], options }) {
    checkStackName(stack)
    const [{ loadStack }, { deployStack }] = await Promise.all([import('./_load.ts'), import('./_deploy.ts')])
    const config = await loadStack(context, options.composeFile ?? [])
    const resolveImage = checkedChoice(options.resolveImage ?? 'always')
    if (options.detach === undefined) {
      context.err.line(
        'Since --detach=false was not specified, tasks will be created in the background.\n' +
          'In a future release, --detach=false will become the default.',
      )
    }
    const { prune, withRegistryAuth } = options
    const ids = await deployStack(context, stack, config, { prune, withRegistryAuth, resolveImage })
    if (options.detach !== false) return
    const { waitOnServices } = await import('../service/_converge.ts')
    const errors = await waitOnServices(context, ids, { quiet: options.quiet })
    if (errors.length > 0) throw joinErrors(errors)
  },
})

function checkedChoice(text: string): DeployOptions['resolveImage'] {
  if (text === 'always' || text === 'changed' || text === 'never') return text
  throw cliError(`invalid option ${text} for flag --resolve-image`)
}
