import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CommandSpec } from '../../src/cli/command.ts'
import { type AnyFlag, type Flags, flagName } from '../../src/cli/flags.ts'
import { buildkitFlags } from '../../src/commands/image/_build/buildkit-flags.ts'
import { catalog } from '../../src/catalog.ts'
import { loadCommand } from '../../src/load-command.ts'

interface CatalogueFlag {
  type: string
  short?: string
  version?: string
  ostype?: string
  hidden?: boolean
  deprecated?: boolean
  experimental?: string
}
interface CatalogueCommand {
  args: string
  aliases?: string[]
  version?: string
  interspersed?: false
  flags: Record<string, CatalogueFlag>
}

/** Names, flags, API versions and argument counts of the reference client (docker/cli 29.8.0). */
const catalogue = JSON.parse(fs.readFileSync('test/fixtures/commands-29.8.json', 'utf8')) as Record<
  string,
  CatalogueCommand
>

/** Flags of our own, by command. */
const ours: Record<string, string[]> = {
  'context show': ['explain'],
  ...Object.fromEntries(
    ['build', 'image build', 'builder build'].map((path) => [
      path,
      Object.entries(buildkitFlags).map(([key, flag]) => flagName(key, flag)),
    ]),
  ),
}

it('has every command of the reference', () => {
  const ours = new Set(catalog.map(({ path }) => path))
  // `help` is built in (src/cli/help-command.ts); `bake` is the buildx plugin's, which its absence says (src/plugins/aliases.ts).
  expect(Object.keys(catalogue).filter((path) => !ours.has(path))).toEqual(['bake', 'help'])
})

it('completes the arguments of every command, but of those that take a name or words nobody knows yet', async () => {
  const silent: string[] = []
  for (const entry of catalog) {
    if (entry.kind !== 'command') continue
    const { args, complete, path } = await loadCommand(entry.file)
    if (args.max > 0 && complete === undefined && path[0] === entry.path) silent.push(entry.path)
  }
  expect(silent).toEqual([
    'context create',
    'login',
    'logout',
    'network create',
    'plugin create',
    'plugin install',
    'search',
    'swarm join',
    'volume create',
  ])
})

const commands = catalog.filter((entry) => entry.kind === 'command' && entry.path in catalogue)

describe.each(commands.map((entry) => [entry.path, entry] as const))('%s', (path, entry) => {
  const wanted = catalogue[path]!
  const load = async () => (entry.kind === 'command' ? await loadCommand(entry.file) : undefined)!

  it('has the reference’s names', () => {
    expect([...entry.aliases].toSorted()).toEqual(
      (wanted.aliases ?? []).filter((name) => !isName(path, name)).toSorted(),
    )
    expect(entry.since).toBe(wanted.version)
  })

  it('takes the reference’s flags', async () => {
    const wantedFlags = Object.fromEntries(
      Object.entries(wanted.flags).map(([name, flag]) => [
        name,
        {
          short: flag.short,
          since: flag.version,
          ostype: flag.ostype,
          switch: flag.type === 'bool',
          hidden: flag.hidden ?? false,
        },
      ]),
    )
    expect(flagsOf(await load(), ours[path] ?? [])).toEqual(wantedFlags)
  })

  it('takes the reference’s arguments', async () => {
    const spec = await load()
    const { min, max } = spec.args
    expect(`${min}..${max}`).toBe(range(wanted.args))
    expect(spec.interspersed ?? true).toBe(wanted.interspersed ?? true)
  })
})

/** Aliases that are commands of their own right at the root (`rm` beside `container rm`) are listed there by both. */
function isName(path: string, name: string): boolean {
  return path.endsWith(` ${name}`)
}

function flagsOf(spec: CommandSpec<Flags>, own: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(spec.flags ?? {})
      .map(([key, flag]) => [flagName(key, flag), flag] as const)
      .filter(([name]) => !own.includes(name))
      .map(([name, flag]) => [
        name,
        {
          short: flag.short,
          since: flag.since,
          ostype: flag.ostype,
          switch: flag.noValue === 'true',
          hidden: isHidden(flag),
        },
      ]),
  )
}

/** A deprecated flag is hidden without saying so (spf13/pflag MarkDeprecated). */
function isHidden(flag: AnyFlag): boolean {
  return flag.hidden === true || flag.deprecated !== undefined
}

function range(args: string): string {
  if (args === 'any') return '0..Infinity'
  const [, min, more] = /^(\d+)(\+|-\d+)?$/.exec(args)!
  return `${min}..${more === undefined ? min : more === '+' ? 'Infinity' : more.slice(1)}`
}
