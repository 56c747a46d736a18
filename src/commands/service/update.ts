import { command, exactly } from '../../cli/command.ts'
import { registryAuth } from '../../config/credentials.ts'
import { cliError } from '../../errors/cli-error.ts'
import { variablesOf } from '../../parse/key-value.ts'
import { parseReference } from '../../parse/reference.ts'
import { withImage } from './_image.ts'
import { lookupsOf } from './_spec/lookups.ts'
import { updateFlags, type UpdateOptions } from './_spec/update-flags.ts'
import { updateSpec, withUpdatedLookups } from './_spec/update.ts'

export default command({
  path: ['service update'],
  summary: 'Update a service',
  args: exactly(1, 'SERVICE'),
  flags: updateFlags,
  complete: 'services',
  async run(context, { args: [id = ''], options }) {
    const { err, out, signal } = context
    const { services } = await context.engine()
    const { ID, Version, Spec: before = {} } = await services.inspectExact(id, { signal })
    checkRollback(options)
    if (!before.TaskTemplate?.ContainerSpec) throw cliError(`service ${id} runs no containers: it cannot be updated`)
    const local = { getwd: context.getwd, lookup: variablesOf(context.env) }
    const changed = await withUpdatedLookups(updateSpec(before, options, local), options, lookupsOf(context))
    // The reference asks no registry on an update, whatever --no-resolve-image says.
    const { spec } = await withImage(context, changed, { resolve: false })
    const image = changed.TaskTemplate?.ContainerSpec?.Image ?? ''
    const credentials =
      options.withRegistryAuth === true
        ? { registryAuth: await registryAuth(context, parseReference(image).domain) }
        : { registryAuthFrom: 'spec' as const }
    const rollback = options.rollback === true ? 'previous' : 'none'
    const warnings = await services.update(ID, Version?.Index ?? 0, spec, { ...credentials, rollback, signal })
    for (const warning of warnings) err.line(warning)
    out.line(id)
    if (options.detach === true) return
    const { waitOnService } = await import('./_converge.ts')
    await waitOnService(context, id, { quiet: options.quiet })
  },
})

function checkRollback(options: UpdateOptions): void {
  const beside = new Set(['rollback', 'detach', 'quiet'])
  if (options.rollback !== true || Object.keys(options).every((name) => beside.has(name))) return
  throw new Error('other flags may not be combined with --rollback')
}
