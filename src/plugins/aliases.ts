import { cliError } from '../errors/cli-error.ts'
import { buildKitChoice } from '../cli/aliases.ts'
import type { Catalog } from '../cli/catalog-entry.ts'
import type { CommandLine } from '../cli/plugin-host.ts'
import { findChild } from '../cli/route.ts'
import { resolveContextName } from '../connection/endpoint.ts'
import type { Context } from '../context.ts'
import { quote } from '../go/quote.ts'
import { pluginPath } from './find.ts'
import { readPlugin } from './plugin.ts'

const help = 'Install the buildx component to'
const missingBuilder = `ERROR: BuildKit is enabled but the buildx component is missing or broken.\n       ${help} build images with BuildKit:\n       https://docs.docker.com/go/buildx/`
const legacyBuilder = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n            ${help} build images with BuildKit:\n            https://docs.docker.com/go/buildx/\n\n`
const missingBake = `ERROR: docker bake requires the buildx component but it is missing or broken.\n       ${help} use bake:\n       https://docs.docker.com/go/buildx/`

/**
 * Puts the builder that config.json names in place of `builder`, and the builder plugin in place of `bake` and its like; builds
 * stay as they are, since they are commands here, unless the plugin is asked for (docker/cli cmd/docker processAliases).
 */
export async function processAliases(context: Context, catalog: Catalog, line: CommandLine): Promise<CommandLine> {
  const { aliases = {} } = (await context.config()).data
  for (const [name, target] of Object.entries(aliases)) checkAlias(catalog, name, target)
  if (line.words[0] === 'buildx') return ownBuildx(context, line)
  const forwarded = await forwardBuild(context, catalog, line, aliases['builder'])
  const builder = aliases['builder']
  return builder === undefined ? forwarded : (replaced(forwarded, ['builder'], [builder]) ?? forwarded)
}

function checkAlias(catalog: Catalog, name: string, target: string): void {
  if (name !== 'builder') {
    throw cliError(`not allowed to alias ${quote(name)} (allowed: map[string]struct {}{"builder":struct {}{}})`)
  }
  if (findChild(catalog, undefined, target.split(' ', 1)[0] ?? '') !== undefined) {
    throw cliError(`not allowed to alias with builtin ${quote(target)} as target`)
  }
}

/** `buildx build` is `build` where there is no such plugin; its other commands are the plugin's. */
async function ownBuildx(context: Context, line: CommandLine): Promise<CommandLine> {
  if ((await pluginPath(context, 'buildx')) !== undefined) return line
  const own = replaced(line, ['buildx', 'build'], ['build']) ?? replaced(line, ['buildx', 'b'], ['build'])
  if (own !== undefined) return own
  throw cliError(
    `${[context.program, ...line.words.slice(0, 2)].join(' ')} needs the buildx plugin, which is not installed; without it there is ${context.program} buildx build.\n` +
      `${help} use its other commands and builders: https://docs.docker.com/go/buildx/`,
  )
}

async function forwardBuild(
  context: Context,
  catalog: Catalog,
  line: CommandLine,
  alias: string | undefined,
): Promise<CommandLine> {
  const enabled = buildKitChoice(context)
  const plugin = alias ?? 'buildx'
  if (isBuild(line.words) && !asksForPlugin(context, line.words, alias)) return line
  const forwarded =
    replaced(line, ['bake'], [plugin, 'bake']) ??
    replaced(line, ['builder'], [plugin]) ??
    replaced(line, ['build'], [plugin, 'build']) ??
    replaced(line, ['image', 'build'], [plugin, 'build'])
  if (forwarded === undefined) return line
  const bake = line.words[0] === 'bake'
  if (!bake && enabled === false) return line
  const problem = await builderProblem(context, catalog, plugin)
  if (problem !== undefined) {
    const reason = problem === '' ? '' : `${problem}\n\n`
    if (bake) throw cliError(reason + missingBake)
    if (alias !== undefined) throw cliError(reason + missingBuilder)
    if (line.words[0] === 'builder' && (await isLegacy(context))) context.err.write(legacyBuilder)
    return line
  }
  if (alias !== undefined || namesBuilder(context, line.words)) return forwarded
  return { ...forwarded, env: { ...line.env, BUILDX_BUILDER: await resolveContextName(context) } }
}

function isBuild([first, second]: readonly string[]): boolean {
  return first === 'build' || ((first === 'image' || first === 'builder') && second === 'build')
}

/** Whether a build is the plugin's: config.json says so, DOCKET_BUILDER does, or a builder of its is named. */
function asksForPlugin(context: Context, words: readonly string[], alias: string | undefined): boolean {
  return alias !== undefined || context.env.DOCKET_BUILDER === 'plugin' || namesBuilder(context, words)
}

/** Whether the engine builds with its old builder unless told otherwise, so that its users are to hear of that as the reference tells them. */
async function isLegacy(context: Context): Promise<boolean> {
  const ping = await (await context.engine()).ping(context.signal).catch(() => undefined)
  return ping?.builderVersion === '1' && ping.osType !== 'windows'
}

/** Why the builder plugin cannot be used, empty when it is not there; undefined when it can. */
async function builderProblem(context: Context, catalog: Catalog, name: string): Promise<string | undefined> {
  const path = await pluginPath(context, name)
  return path === undefined ? '' : (await readPlugin(context, catalog, path)).problem
}

function namesBuilder({ env }: Context, words: readonly string[]): boolean {
  return (
    Boolean(env.BUILDX_BUILDER) ||
    words.some((word, i) => /^--builder=./.test(word) || (word === '--builder' && Boolean(words[i + 1])))
  )
}

/** The line with `from` at the head of its words replaced, there and where it stands among all arguments; undefined when it does not begin so. */
function replaced(line: CommandLine, from: readonly string[], to: readonly string[]): CommandLine | undefined {
  const { words, argv } = line
  if (!from.every((word, i) => words[i] === word)) return undefined
  const at = argv.findIndex((_, i) => from.every((word, j) => argv[i + j] === word))
  return {
    ...line,
    words: [...to, ...words.slice(from.length)],
    argv: at < 0 ? argv : [...argv.slice(0, at), ...to, ...argv.slice(at + from.length)],
  }
}
