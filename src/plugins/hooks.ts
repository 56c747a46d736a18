import { compareStrings } from '../go/strings.ts'
import type { RanCommand } from '../cli/plugin-host.ts'
import type { Context } from '../context.ts'
import { pluginCandidates } from './find.ts'
import { outputOf } from './plugin.ts'
import { reexecution } from './run.ts'
import { visible } from '../go/visible.ts'

const mostLines = 10

/**
 * Asks the plugins that config.json sets on the command that ran, and prints what they suggest. One that fails has
 * nothing to say (docker/cli cli-plugins/manager runHooks).
 */
export async function runHooks(context: Context, ran: RanCommand, command: string): Promise<void> {
  const { plugins = {} } = (await context.config()).data
  const candidates = await pluginCandidates(context)
  const said: string[] = []
  for (const [name, settings] of Object.entries(plugins)) {
    const match =
      matching(settings.hooks, ran.path) ?? (ran.error === '' ? undefined : matching(settings['error-hooks'], ran.path))
    const path = candidates.get(name)?.[0]
    if (match === undefined || path === undefined) continue
    try {
      const messages = await ask(context, { name, path }, match, ran, command)
      if (messages.some((message) => message.trim() !== '')) said.push(...messages)
    } catch (error) {
      if (context.signal.aborted) return
      if (context.globals.debug) context.err.line(`DEBU plugin hook of ${name} failed: ${String(error)}`)
    }
  }
  if (said.length === 0) return
  const lines = said.map((message) => `    ${visible(message)}\n`).join('')
  context.err.write(Buffer.from(`\n\x1b[1mWhat's next:\x1b[0m\n${lines}`))
}

/** The first of the commands listed that `path` begins with, word by word. */
function matching(list: string | undefined, path: string): string | undefined {
  const words = path.split(' ')
  return (list ? list.split(',') : []).find((hook) => hook.split(' ').every((word, i) => words[i] === word))
}

async function ask(
  context: Context,
  plugin: { name: string; path: string },
  match: string,
  ran: RanCommand,
  command: string,
): Promise<string[]> {
  const flags = Object.fromEntries(Object.entries(ran.flags).toSorted(([a], [b]) => compareStrings(a, b)))
  const request = { RootCmd: match, Flags: flags, ...(ran.error === '' ? {} : { CommandError: ran.error }) }
  const args = [plugin.name, 'docker-cli-plugin-hooks', JSON.stringify(request)]
  const answer = JSON.parse(await outputOf(context, plugin.path, args, reexecution(command))) as {
    Type?: number
    Template?: string
  }
  if ((answer.Type ?? 0) !== 0) throw new Error(`unexpected hook response type: ${answer.Type}`)
  const text = await filledIn(answer.Template ?? '', ran)
  const lines = text.split('\n')
  if (lines.length - 1 > mostLines) throw new Error(`hook template contains too many messages (${lines.length - 1})`)
  return lines.length <= mostLines ? lines : [...lines.slice(0, mostLines - 1), lines.slice(mostLines - 1).join('\n')]
}

async function filledIn(template: string, ran: RanCommand): Promise<string> {
  if (!template.includes('{{')) return template
  const [{ compile }, { any, int, methods, str, value }] = await Promise.all([
    import('../format/template/template.ts'),
    import('../go/types.ts'),
  ])
  const name = ran.path.slice(ran.path.lastIndexOf(' ') + 1)
  const flagValue = (flag: string): string => {
    const found = ran.flagValue(flag)
    if (found === undefined) throw new Error('failed to parse hook template: flagValue: no flags found')
    return found
  }
  const argValue = (n: number): string => {
    const found = ran.args[n]
    if (found === undefined) throw new Error(`failed to parse hook template: arg: ${n}th argument not set`)
    return found
  }
  const funcs = {
    command: { in: [], out: str, call: () => name },
    flagValue: { in: [str], out: str, call: flagValue },
    argValue: { in: [int], out: str, call: argValue },
    // Older templates hand these the data as well.
    flag: { in: [any, str], out: str, call: (_: unknown, flag: string) => flagValue(flag) },
    arg: { in: [any, int], out: str, call: (_: unknown, n: number) => argValue(n) },
  }
  return compile('', template, { funcs }).execute(value(methods('hooks.commandInfo', { Name: () => name }), {}))
}
