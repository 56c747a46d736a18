import { cliError, messageOf, reword } from '../errors/cli-error.ts'
import { pathError } from '../errors/os-error.ts'
import { bool, filter, string } from '../cli/flags.ts'
import type { Context } from '../context.ts'
import type { Configs, Secrets } from '../engine/secrets-configs.ts'
import { compareNatural } from '../format/natural.ts'
import { type SecretConfigKind, secretConfigRows, secretConfigView } from '../format/views/secret-config.ts'
import { readLocalFile } from '../streams/local-file.ts'
import type { Filters } from '../parse/filter.ts'
import { inspect } from './_inspect.ts'
import { printList } from './_list.ts'
import { readStdin } from './_stdin.ts'
import { fromFolder } from '../go/path.ts'

/** The flags of `secret ls` and `config ls`. */
export const listFlags = {
  filter: filter('Filter the list by condition, such as "label=x"', { short: 'f' }),
  format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
  quiet: bool('Print only IDs', { short: 'q' }),
}

/** The flags of `secret inspect` and `config inspect`. */
export const inspectFlags = {
  format: string('Format the output: "json" or a Go template', { short: 'f' }),
  pretty: bool('Print a human-readable summary instead of JSON'),
}

async function resourceOf({ engine }: Context, kind: SecretConfigKind): Promise<Secrets | Configs> {
  return (await engine())[`${kind}s`]
}

/** Prints the list of secrets or configs. */
export async function listSecretsConfigs(
  context: Context,
  kind: SecretConfigKind,
  options: { filter?: Filters; format?: string; quiet?: boolean },
): Promise<void> {
  const found = await (await resourceOf(context, kind)).list({ filters: options.filter ?? {}, signal: context.signal })
  const sorted = found.toSorted((a, b) => compareNatural(a.Spec?.Name ?? '', b.Spec?.Name ?? ''))
  await printList(context, secretConfigView(kind), secretConfigRows(kind, sorted, context.now()), options)
}

/** Prints what is known of secrets or configs. */
export async function inspectSecretsConfigs(
  context: Context,
  kind: SecretConfigKind,
  ids: readonly string[],
  options: { format?: string; pretty?: boolean },
): Promise<void> {
  const resource = await resourceOf(context, kind)
  const { out, signal } = context
  const format = options.pretty === true ? 'pretty' : (options.format ?? '')
  if (format.startsWith('pretty') && format !== 'pretty') {
    throw cliError('cannot supply extra formatting options to the pretty template')
  }
  if (format !== 'pretty') {
    const types = () => import('../wire/swarm-secret.ts')
    const type = async () => (kind === 'secret' ? (await types()).swarmSecret : (await types()).swarmConfig)
    const template = format === '' ? '' : secretConfigView(kind).template(format, false)
    return inspect(context, ids, template, async (id) => ({ raw: await resource.inspectText(id, { signal }), type }), 1)
  }
  const { prettySecretConfig } = await import('../format/views/secret-config.ts')
  let text = ''
  for (const id of ids) text += prettySecretConfig(kind, await resource.inspect(id, { signal }))
  out.write(text)
}

/** Reads what a secret or config is to hold, from a file or, with `-`, from stdin; throws where there is nothing. */
export async function readContents(context: Context, kind: SecretConfigKind, file: string): Promise<string> {
  if (file === '') throw cliError(`${kind} file is required`)
  const source = file === '-' ? 'STDIN' : file
  let data: Buffer
  try {
    data = file === '-' ? await readStdin(context) : await readLocalFile(fromFolder(context.cwd, file), context.signal)
  } catch (error) {
    context.signal.throwIfAborted()
    const { syscall } = error as NodeJS.ErrnoException
    const reason = syscall === undefined ? messageOf(error) : pathError(syscall, file, error).message
    throw reword(error, `error reading from ${source}: ${reason}`)
  }
  if (data.length === 0) throw cliError(`error reading from ${source}: data is empty`)
  return data.toString('base64')
}
