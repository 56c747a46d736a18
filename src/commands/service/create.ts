import { atLeast, command } from '../../cli/command.ts'
import { registryAuth } from '../../config/credentials.ts'
import { variablesOf } from '../../parse/key-value.ts'
import { parseReference } from '../../parse/reference.ts'
import { withImage } from './_image.ts'
import { createFlags } from './_spec/create-flags.ts'
import { toServiceSpec, withLookups } from './_spec/create.ts'
import { readEnvFiles } from './_spec/env-files.ts'
import { lookupsOf } from './_spec/lookups.ts'

export default command({
  path: ['service create'],
  summary: 'Create a service',
  args: atLeast(1, 'IMAGE [COMMAND] [ARG...]'),
  interspersed: false,
  flags: createFlags,
  complete: 'images',
  async run(context, { args: [image = '', ...args], options }) {
    const { err, out, signal } = context
    const local = { getwd: context.getwd, lookup: variablesOf(context.env) }
    const fileEnv = await readEnvFiles(context, options.envFile ?? [])
    const asked = toServiceSpec(options, { image, args, fileEnv }, local)
    const known = await withLookups(asked, options, lookupsOf(context))
    const auth =
      options.withRegistryAuth === true ? await registryAuth(context, parseReference(image).domain) : undefined
    const lookup = { resolve: options.noResolveImage !== true, registryAuth: auth }
    const { spec, warnings } = await withImage(context, known, lookup)
    const { services } = await context.engine()
    const { ID, Warnings } = await services.create(spec, { registryAuth: auth, signal })
    for (const warning of [...warnings, ...(Warnings ?? [])]) err.line(warning)
    out.line(ID)
    if (options.detach === true) return
    const { waitOnService } = await import('./_converge.ts')
    await waitOnService(context, ID, { quiet: options.quiet })
  },
})
