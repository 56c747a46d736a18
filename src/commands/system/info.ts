import { command, noArgs } from '../../cli/command.ts'
import { cliError, joinErrors, messageOf, wrap } from '../../errors/cli-error.ts'
import { string } from '../../cli/flags.ts'
import { indexServer } from '../../config/auth.ts'
import type { Context } from '../../context.ts'
import { isConnectionError } from '../../engine/errors.ts'
import type { System } from '../../engine/system.ts'
import type { SystemInfo } from '../../engine/types/system.ts'
import { type ClientInfo, clientText, serverText } from '../../format/views/info.ts'
import { clientVersion } from './_client-version.ts'

export default command({
  path: ['system info', 'info'],
  summary: 'Show information about the client and the daemon',
  args: noArgs,
  flags: { format: string('Format the output: "json" or a Go template', { short: 'f' }) },
  top: 12,
  async run(context, { options }) {
    const client: ClientInfo = {
      ...(await clientVersion(context)),
      Debug: context.globals.debug === true,
      Plugins: [],
      Warnings: null,
    }
    await (options.format ? showTemplate(context, client, options.format) : showText(context, client))
  },
})

/** The daemon's answer, or why there is none: no connection, or an error of its own. */
interface Answer<T> {
  readonly server?: T
  readonly unreachable?: unknown
  readonly refusal?: string
}

async function ask<T>(context: Context, question: (system: System) => Promise<T>): Promise<Answer<T>> {
  const { system } = await context.engine()
  try {
    return { server: await question(system) }
  } catch (error) {
    context.signal.throwIfAborted()
    return isConnectionError(error) ? { unreachable: error } : { refusal: messageOf(error) }
  }
}

async function showText(context: Context, client: ClientInfo): Promise<void> {
  const { out, err } = context
  const { signal } = context
  const { server, unreachable, refusal } = await ask(context, (system) => system.info({ signal }))
  const about = clientText(client)
  out.write(`${about.lines.join('\n')}\n`)
  for (const warning of about.warnings) err.line(warning)
  out.write('\nServer:\n')
  if (server !== undefined) await showServer(context, server)
  const errors = unreachable === undefined ? [] : [unreachable]
  if (refusal !== undefined) {
    err.line(`ERROR: ${refusal}`)
    errors.unshift(cliError('errors pretty printing info'))
  }
  if (errors.length > 0) throw joinErrors(errors)
}

async function showServer(context: Context, info: SystemInfo): Promise<void> {
  const { data } = await context.config()
  const userName = data.auths?.[indexServer]?.username ?? ''
  const lines = serverText(info, { debug: context.globals.debug === true, userName })
  context.out.write(`${lines.join('\n')}\n`)
  for (const warning of info.Warnings ?? []) context.err.line(warning)
}

async function showTemplate(context: Context, client: ClientInfo, format: string): Promise<void> {
  const { infoTemplate } = await import('../../format/views/info-template.ts')
  const asText = (system: System): Promise<string> => system.infoText({ signal: context.signal })
  let template
  try {
    template = infoTemplate(format, context.out.isTerminal)
  } catch (error) {
    // What is asked of the daemon does not depend on whether the template parses.
    const { refusal } = await ask(context, asText)
    if (refusal !== undefined) context.err.line(refusal)
    throw wrap(error, 'template parsing error', { exitCode: 64 })
  }
  const asked: Answer<string> = template.needsServer(client) ? await ask(context, asText) : {}
  const { server, unreachable, refusal } = asked
  if (refusal !== undefined) context.err.line(refusal)
  const rest = { ClientInfo: client, ...(refusal !== undefined && { ServerErrors: [refusal] }) }
  const { text, error } = template.render(server, rest)
  context.out.write(text)
  const errors = [unreachable, error].filter((each) => each !== undefined)
  if (errors.length > 0) throw joinErrors(errors)
}
