import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type AnyFlag, flagName } from '../../src/cli/flags.ts'
import { buildkitFlags } from '../../src/commands/image/_build/buildkit-flags.ts'
import { catalog } from '../../src/catalog.ts'
import { texts } from '../../src/catalog-texts.ts'
import { loadCommand } from '../../src/load-command.ts'
import { fakeEngine } from '../fake-engine.ts'
import { run } from '../harness.ts'

interface ReferenceCommand {
  use: string
  sameAs?: string[]
  aliases?: string[]
  flags: Record<string, { type: string; short?: string; default?: string; hidden?: boolean; deprecated?: boolean }>
}

/** The reference's flags with the defaults that its help shows (docker/cli 29.8.0). */
const reference = JSON.parse(fs.readFileSync('test/fixtures/commands-29.8.json', 'utf8')) as Record<
  string,
  ReferenceCommand
>

const typeNames: Record<string, string> = { bool: '', stringSlice: 'strings', int64: 'int', uint64: 'uint' }

/** Options of our own, by command, as help shows them. */
const ours: Record<string, string[]> = {
  'context show': ['--explain'],
  ...Object.fromEntries(['build', 'image build', 'builder build'].map((path) => [path, buildkitOptions()])),
}

function buildkitOptions(): string[] {
  return Object.entries<AnyFlag>(buildkitFlags).map(([key, flag]) => {
    const term = `--${flagName(key, flag)} ${typeNames[flag.type] ?? flag.type}`.trimEnd()
    const shown = flag.shownDefault === undefined ? '' : ` (default "${flag.shownDefault}")`
    return `${flag.short === undefined ? '' : `-${flag.short}, `}${term}${shown}`
  })
}

describe('the help of a command', () => {
  const commands = catalog.filter((entry) => entry.kind === 'command' && entry.path in reference)

  it.each(commands.map(({ path }) => path))(
    '%s: the usage line, the other names, flags, types and defaults of the reference',
    async (path) => {
      const { use, sameAs, aliases = [], flags } = reference[path]!
      const engine = await fakeEngine({}, { experimental: true, osType: '', swarm: 'active/manager' })
      const { stdout } = await run([...path.split(' '), '--help'], { engine })
      expect(stdout.slice(0, stdout.indexOf('\n\n'))).toBe(`Usage:  docker ${use}`)
      const parent = path.slice(0, path.lastIndexOf(' ') + 1)
      const names =
        sameAs ??
        (aliases.length === 0 ? [] : [path, ...aliases.map((alias) => parent + alias)].map((name) => `docker ${name}`))
      expect(/\nAliases:\n {2}(.*)\n/.exec(stdout)?.[1]?.split(', ') ?? []).toEqual(names)
      const wanted = Object.entries(flags)
        .filter(([, { hidden, deprecated }]) => hidden !== true && deprecated !== true)
        .map(([name, { type, short, default: shown }]) => {
          const term = `--${name} ${typeNames[type] ?? type}`.trimEnd()
          return `${short === undefined ? '' : `-${short}, `}${term}${shown === undefined ? '' : ` (default ${shown})`}`
        })
      const help = wanted.some((term) => term.startsWith('-h,')) ? ['--help'] : []
      expect(optionsOf(stdout).filter((term) => !ours[path]?.includes(term))).toEqual(
        [...wanted, ...help].toSorted(byName),
      )
    },
  )
})

describe('the words of help', () => {
  const nouns = [
    'pseudo-TTY',
    'standard input',
    'environment variable',
    'working directory',
    'restart policy',
    'health check',
    'memory limit',
    'CPU shares',
    'CPU CFS quota',
    'block IO',
    'capability',
    'PID namespace',
    'parent cgroup',
    'bind mount',
    'log driver',
    'exposed port',
    'detached mode',
    'extended privileges',
  ]

  it.each(nouns)('run --help says %s', async (noun) => {
    const { stdout } = await run(['run', '--help'], { engine: await fakeEngine() })
    expect(stdout.replaceAll(/\s+/g, ' ').toLowerCase()).toContain(noun.toLowerCase())
  })

  it.each(catalog.map((entry) => [entry.path, entry] as const))(
    '%s: a capital first, no full stop',
    async (_, entry) => {
      const flags = entry.kind === 'command' ? Object.values((await loadCommand(entry.file)).flags ?? {}) : []
      for (const { summary } of [texts[entry.path]!, ...flags]) expect(summary).toMatch(/^[A-Z].*[^.]$/)
    },
  )
})

/** The options that a help text lists: `-f, --filter filter (default x)`. */
function optionsOf(text: string): string[] {
  const section = /\nOptions:\n([^]*?)\n(?:\n|$)/.exec(text)?.[1] ?? ''
  return section
    .split(/\n(?= {2}(?:-\w, | {4})--)/)
    .filter((line) => line !== '')
    .map((line) => {
      const [, term = '', rest = ''] = /^ *(.*?)(?: {3}([^]*))?$/.exec(line) ?? []
      const shown = /\(default [^ )]+\)$/.exec(rest.replaceAll(/\s+/g, ' '))?.[0]
      return shown === undefined ? term : `${term} ${shown}`
    })
}

function byName(a: string, b: string): number {
  return a.slice(a.indexOf('--')) < b.slice(b.indexOf('--')) ? -1 : 1
}

describe('an experimental noun', () => {
  it.each([['manifest'], ['manifest inspect']])('says so in the help of %s', async (path) => {
    const { stdout } = await run([...path.split(' '), '--help'])
    expect(stdout).toContain(`\n\nEXPERIMENTAL:\n  docker ${path} is an experimental feature`)
  })

  it('does not say it of others', async () => {
    expect((await run(['image', 'inspect', '--help'])).stdout).not.toContain('EXPERIMENTAL')
  })
})
