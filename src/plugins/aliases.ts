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
const missingBake = `ERROR: docker bake requires the buildx component but it is missing or broken.\n       ${help} use bake:\n       https://docs.docker.com/go/buildx/`

/**
 * Puts the builder that config.json names in place of `builder`, and the builder plugin in place of `build` and its
 * like; without a plugin they stay as they are, since they are commands here (docker/cli cmd/docker processAliases).
 */
export async function processAliases(context: Context, catalog: Catalog, line: CommandLine): Promise<CommandLine> {
  const { aliases = {} } = (await context.config()).data
  for (const [name, target] of Object.entries(aliases)) checkAlias(catalog, name, target)
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

async function forwardBuild(
  context: Context,
  catalog: Catalog,
  line: CommandLine,
  alias: string | undefined,
): Promise<CommandLine> {
  const enabled = buildKitChoice(context)
  const plugin = alias ?? 'buildx'
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
    return line
  }
  if (alias !== undefined || namesBuilder(context, line.words)) return forwarded
  return { ...forwarded, env: { ...line.env, BUILDX_BUILDER: await resolveContextName(context) } }
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
