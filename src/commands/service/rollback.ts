import { command, exactly } from '../../cli/command.ts'
import { bool } from '../../cli/flags.ts'
import { waitOnService } from './_converge.ts'
import { withImage } from './_image.ts'

export default command({
  path: ['service rollback'],
  summary: "Bring back a service's previous configuration",
  args: exactly(1, 'SERVICE'),
  since: '1.31',
  flags: {
    detach: bool('Return at once instead of waiting until the service has converged', { short: 'd', since: '1.29' }),
    quiet: bool('Hide the progress', { short: 'q' }),
  },
  complete: 'services',
  async run(context, { args: [id = ''], options }) {
    const { err, out, signal } = context
    const { services } = await context.engine()
    const { ID, Version, Spec = {} } = await services.inspectExact(id, { signal })
    const { spec } = await withImage(context, Spec, { resolve: false })
    const warnings = await services.update(ID, Version?.Index ?? 0, spec, { rollback: 'previous', signal })
    for (const warning of warnings) err.line(warning)
    out.line(id)
    if (options.detach !== true) await waitOnService(context, id, { quiet: options.quiet })
  },
})
