import { command, noArgs } from '../../cli/command.ts'
import { wrap } from '../../errors/cli-error.ts'
import { string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { SystemVersion } from '../../engine/types/system.ts'
import { serverVersion, versionText } from '../../format/views/version.ts'
import { clientVersion } from './_client-version.ts'

export default command({
  path: ['version'],
  summary: 'Show client and daemon versions',
  args: noArgs,
  flags: { format: string('Format the output: "json" or a Go template', { short: 'f' }) },
  top: 10,
  async run(context, { options }) {
    const template = options.format ? await compileVersion(options.format, context.out.isTerminal) : undefined
    const client = await clientVersion(context)
    const { daemon, error: unanswered } = await ask(context)
    const { currentVersion } = await context.engine()
    const shown = { ...client, ApiVersion: currentVersion }
    const server = daemon && serverVersion(daemon)
    let failed = unanswered
    if (template === undefined) context.out.write(versionText(shown, server))
    else {
      const { text, error } = template({ Client: shown, Server: server ?? null })
      context.out.write(text)
      failed ??= error
    }
    if (failed !== undefined) throw failed
  },
})

async function ask(context: Context): Promise<{ daemon?: SystemVersion; error?: unknown }> {
  const { system } = await context.engine()
  try {
    return { daemon: await system.version({ signal: context.signal }) }
  } catch (error) {
    context.signal.throwIfAborted()
    return { error }
  }
}

/** Compiles a template for versions; throws with status 64 when it is none. */
async function compileVersion(format: string, terminal: boolean) {
  const { versionTemplate } = await import('../../format/views/version-template.ts')
  try {
    return versionTemplate(format, terminal)
  } catch (error) {
    throw wrap(error, 'template parsing error', { exitCode: 64 })
  }
}
