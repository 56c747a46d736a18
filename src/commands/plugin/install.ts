import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool, string } from '../../cli/flags.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import { familiarString, parseReference, withDefaultTag } from '../../parse/reference.ts'
import { displayMessages } from '../../streams/progress.ts'
import { contentTrust } from '../image/_content-trust.ts'
import { grant } from './_privileges.ts'

export default command({
  path: ['plugin install'],
  summary: 'Install a plugin',
  args: atLeast(1, 'PLUGIN [KEY=VALUE...]'),
  flags: {
    alias: string('Local alias of the plugin'),
    disable: bool('Install the plugin without enabling it'),
    disableContentTrust: contentTrust(),
    grantAllPermissions: bool('Grant all requested permissions without asking'),
  },
  async run(context, { args: [remote = '', ...settings], options }) {
    const { out, now, signal } = context
    const alias = localName(options.alias ?? '')
    const granted = await grant(context, remote, options.grantAllPermissions ?? false)
    const { plugins } = await context.engine()
    const { registryAuth, privileges } = granted
    const { headers, body } = await plugins.pull(granted.remote, alias, privileges, { registryAuth, signal })
    await displayMessages(progressMessages(body), out, { now })
    const name = headers['docker-plugin-name'] ?? ''
    if (settings.length > 0) await plugins.set(name, settings, { signal })
    if (options.disable !== true) await plugins.enable(name, 0, { signal })
    out.line(`Installed plugin ${remote}`)
  },
})

function localName(alias: string): string {
  if (alias === '') return ''
  const reference = parseReference(alias)
  if (reference.digest !== undefined) throw cliError(`invalid name: ${alias}`)
  return familiarString(withDefaultTag(reference))
}
