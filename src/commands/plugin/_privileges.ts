import { cliError } from '../../errors/cli-error.ts'
import { registryAuth } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import type { PluginPrivilege } from '../../engine/types/plugin.ts'
import { quote } from '../../go/quote.ts'
import { formatReference, parseReference } from '../../parse/reference.ts'
import { confirm } from '../_confirm.ts'

/** A plugin in a registry, and what it may do here. */
export interface Granted {
  readonly remote: string
  readonly registryAuth: string
  readonly privileges: PluginPrivilege[] | null
}

/**
 * Asks the daemon what the plugin wants, and the person whether it gets it, unless `all` says so already; throws when it
 * does not (moby client checkPluginPermissions).
 */
export async function grant(context: Context, name: string, all: boolean): Promise<Granted> {
  const { out, signal } = context
  const reference = parseReference(name)
  const remote = formatReference(reference)
  const auth = await registryAuth(context, reference.domain, 'anonymous')
  const { plugins } = await context.engine()
  const privileges = await plugins.privileges(remote, { registryAuth: auth, signal })
  if (!all && privileges !== null && privileges.length > 0) {
    out.line(`Plugin ${quote(name)} is requesting the following privileges:`)
    for (const { Name, Value } of privileges) out.line(` - ${Name}: [${(Value ?? []).join(' ')}]`)
    const granted = await confirm(context, 'Do you grant the above permissions?')
    signal.throwIfAborted()
    if (!granted) throw cliError(`permission denied while installing plugin ${remote}`)
  }
  return { remote, registryAuth: auth, privileges }
}
