import { Command, Help, Option } from 'commander'
import type { CommandSpec, Requirements } from './command.ts'
import { type AnyFlag, type Flags, flagName } from './flags.ts'
import { children, lastWord } from './route.ts'
import type { Entry, GroupEntry, Catalog, Texts } from './catalog-entry.ts'
import type { PluginLine } from './plugin-host.ts'

/** What every help text depends on besides the command. */
export interface HelpSite {
  readonly program: string
  /** The terminal's width, or 80. */
  readonly width: number
  /** Whether the daemon has what a command or flag needs; everything is shown without it. */
  readonly offered?: (needs: Requirements) => boolean
  /** Whether the command, or a noun above it, is experimental in the client itself. */
  readonly experimentalClient?: boolean
}

/** The help of one command, as `docket CMD --help` prints it. */
export function commandHelp(spec: CommandSpec<Flags>, path: string, useLine: string, site: HelpSite): string {
  const node = new Command(lastOf(path))
  const { offered = () => true } = site
  const flags = Object.entries(spec.flags ?? {}).filter(([, flag]) => offered(flag))
  for (const [key, flag] of flags) node.addOption(toOption(key, flag))
  // A command with a -h of its own has a --help of its own, too, which the reference lists with the rest.
  if (flags.some(([, flag]) => flag.short === 'h')) node.addOption(new Option('--help', 'Show this help'))
  const listed = (spec.aliases ?? []).filter((name) => spec.unlisted?.includes(name) !== true)
  // Those under the noun come first, then the short ones and those under other nouns.
  const noun = spec.path[0].slice(0, spec.path[0].lastIndexOf(' ') + 1)
  const names = [...spec.path, ...listed].toSorted((a, b) => Number(b.startsWith(noun)) - Number(a.startsWith(noun)))
  const sections = [
    `Usage:  ${useLine}`,
    spec.details ?? spec.summary,
    ...experimental(`${site.program} ${path}`, site),
  ]
  if (names.length > 1) sections.push(`Aliases:\n  ${names.map((name) => `${site.program} ${name}`).join(', ')}`)
  const options = rows(node, site.width, optionRows(node))
  if (options !== '') sections.push(`Options:\n${options}`)
  return `${sections.join('\n\n')}\n`
}

/** The help of a noun: its verbs with their summaries. */
export function groupHelp(entry: GroupEntry, catalog: Catalog, texts: Texts, site: HelpSite): string {
  const path = `${site.program} ${entry.path}`
  const { offered = () => true } = site
  const nested = children(catalog, entry).filter((child) => !child.hidden && offered(child))
  const sections = [
    `Usage:  ${path} COMMAND`,
    texts[entry.path]!.details ?? texts[entry.path]!.summary,
    ...experimental(path, site),
  ]
  if (nested.length > 0) sections.push(list('Commands', nested, texts))
  sections.push(`Run '${path} COMMAND --help' for more information on a command.`)
  return `${sections.join('\n\n')}\n`
}

/** The help of the program itself. */
export function rootHelp(
  catalog: Catalog,
  texts: Texts,
  globals: Flags,
  plugins: readonly PluginLine[],
  site: HelpSite,
): string {
  const top = children(catalog, undefined).filter((entry) => !entry.hidden)
  const common = top
    .filter((entry) => entry.kind === 'command' && entry.top !== undefined)
    .toSorted((a, b) => (a.kind === 'command' ? a.top! : 0) - (b.kind === 'command' ? b.top! : 0))
  const nouns = top.filter((entry) => entry.kind === 'group')
  const node = new Command(site.program)
  for (const [key, flag] of Object.entries(globals)) node.addOption(toOption(key, flag))
  const management = [
    ...nouns
      .filter((entry) => entry.swarm === undefined)
      .map((entry) => ({ name: entry.path, summary: texts[entry.path]!.summary })),
    ...plugins
      .filter((plugin) => plugin.invalid === undefined)
      .map((plugin) => ({ name: `${plugin.name}*`, summary: plugin.summary })),
  ]
  const sections = [
    `Usage:  ${site.program} [OPTIONS] COMMAND`,
    'Manage containers, images, networks and swarms on any Docker Engine',
    list('Common Commands', common, texts),
    table(
      'Management Commands',
      management.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ),
    list(
      'Swarm Commands',
      nouns.filter((entry) => entry.swarm !== undefined),
      texts,
    ),
    list(
      'Commands',
      top.filter((entry) => entry.kind === 'command' && entry.top === undefined),
      texts,
    ),
    table(
      'Invalid Plugins',
      plugins.flatMap(({ name, invalid }) => (invalid === undefined ? [] : [{ name, summary: invalid }])),
    ),
    `Global Options:\n${rows(node, site.width, optionRows(node))}`,
    `Run '${site.program} COMMAND --help' for more information on a command.`,
  ]
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`
}

function experimental(path: string, { experimentalClient }: HelpSite): string[] {
  if (experimentalClient !== true) return []
  return [`EXPERIMENTAL:\n  ${path} is an experimental feature: it may change or be removed in any release.`]
}

function list(title: string, entries: readonly Entry[], texts: Texts): string {
  return table(
    title,
    entries.map((entry) => ({ name: lastWord(entry), summary: texts[entry.path]!.summary })),
  )
}

function table(title: string, lines: readonly { name: string; summary: string }[]): string {
  if (lines.length === 0) return ''
  const width = Math.max(11, ...lines.map((line) => line.name.length))
  return `${title}:\n${lines.map((line) => `  ${line.name.padEnd(width)} ${line.summary}`).join('\n')}`
}

interface Row {
  readonly term: string
  readonly text: string
}

function optionRows(node: Command): Row[] {
  const options = [...node.options].filter((option) => !option.hidden)
  return options
    .toSorted((a, b) => (a.long! < b.long! ? -1 : 1))
    .map((option) => {
      const shown = option.defaultValueDescription === undefined ? '' : ` (default ${option.defaultValueDescription})`
      const short = option.short === undefined ? '    ' : `${option.short}, `
      return { term: short + option.flags.slice(option.flags.indexOf('--')), text: option.description + shown }
    })
}

/** Lays terms and texts out in two columns and wraps the second, with commander's own measure and wrapping. */
function rows(node: Command, width: number, lines: readonly Row[]): string {
  if (lines.length === 0) return ''
  const layout = new ReferenceLayout()
  layout.prepareContext({ helpWidth: width - 1 })
  const termWidth = Math.max(...lines.map((line) => line.term.length))
  return lines.map((line) => layout.formatItem(line.term, termWidth, line.text)).join('\n')
}

class ReferenceLayout extends Help {
  override formatItem(term: string, termWidth: number, description: string): string {
    const indent = 2 + termWidth + 3
    const room = Math.max((this.helpWidth ?? 79) - indent, 24)
    const text = this.boxWrap(description, room).replaceAll('\n', `\n${' '.repeat(indent)}`)
    return `  ${term.padEnd(termWidth)}   ${text}`.trimEnd()
  }
}

function toOption(key: string, flag: AnyFlag): Option {
  const type = typeNames[flag.type] ?? flag.type
  const long = `--${flagName(key, flag)}${type === '' ? '' : ` <${type}>`}`
  const option = new Option(flag.short === undefined ? long : `-${flag.short}, ${long}`, flag.summary)
  option.flags = option.flags.replace(/[<>]/g, '')
  if (flag.hidden === true || flag.deprecated !== undefined) option.hideHelp()
  if (flag.shownDefault !== undefined) {
    option.defaultValueDescription = flag.type === 'string' ? `"${flag.shownDefault}"` : flag.shownDefault
  }
  return option
}

const typeNames: Record<string, string> = {
  bool: '',
  stringSlice: 'strings',
  int64: 'int',
  uint64: 'uint',
  float64: 'float',
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf(' ') + 1)
}
