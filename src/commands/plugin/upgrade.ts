import { between, command } from '../../cli/command.ts'
import { cliError, wrap } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import type { Plugin } from '../../engine/types/plugin.ts'
import {
  familiarString,
  formatReference,
  parseReference,
  type Reference,
  withDefaultTag,
} from '../../parse/reference.ts'
import { displayMessages } from '../../streams/progress.ts'
import { confirm } from '../_confirm.ts'
import { contentTrust } from '../image/_content-trust.ts'
import { grant } from './_privileges.ts'

export default command({
  path: ['plugin upgrade'],
  summary: 'Upgrade a plugin',
  args: between(1, 2, 'PLUGIN [REMOTE]'),
  since: '1.26',
  flags: {
    disableContentTrust: contentTrust(),
    grantAllPermissions: bool('Grant all requested permissions without asking'),
    skipRemoteCheck: bool('Allow an upgrade to a different plugin image'),
  },
  complete: 'plugins',
  async run(context, { args: [name = '', given = ''], options }) {
    const { out, now, signal } = context
    const plugin = await find(context, name)
    if (plugin.Enabled) throw cliError('the plugin must be disabled before upgrading')
    const current = plugin.PluginReference ?? ''
    const remote = given || current
    const next = named(remote, 'error parsing remote upgrade image reference')
    const old = named(current, 'error parsing current image reference')
    out.line(`Upgrading plugin ${plugin.Name} from ${familiarString(old)} to ${familiarString(next)}`)
    const same = options.skipRemoteCheck === true || formatReference(next) === formatReference(old)
    if (!same && !(await confirm(context, 'Plugin images do not match, are you sure?'))) return
    const granted = await grant(context, remote, options.grantAllPermissions ?? false)
    const { plugins } = await context.engine()
    const { registryAuth, privileges } = granted
    const { body } = await plugins.upgrade(plugin.Name, granted.remote, privileges, { registryAuth, signal })
    await displayMessages(progressMessages(body), out, { now })
    out.line(`Upgraded plugin ${plugin.Name} to ${remote}`)
  },
})

async function find({ engine, signal }: Context, name: string): Promise<Plugin> {
  try {
    return await (await engine()).plugins.inspect(name, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw wrap(error, 'error reading plugin data')
  }
}

function named(text: string, problem: string): Reference {
  try {
    return withDefaultTag(parseReference(text))
  } catch (error) {
    throw wrap(error, problem)
  }
}
