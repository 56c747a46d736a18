import { compareStrings } from '../go/strings.ts'
import { spawn } from 'node:child_process'
import { basename } from 'node:path'
import { messageOf } from '../errors/cli-error.ts'
import type { Catalog } from '../cli/catalog-entry.ts'
import { children, lastWord } from '../cli/route.ts'
import type { Context } from '../context.ts'
import { quote } from '../go/quote.ts'
import { parseJSON } from '../go/json-syntax.ts'
import { isPluginName, pluginCandidates, prefix } from './find.ts'
import { dictionary } from '../go/dictionary.ts'

/** A plugin with what it says of itself. */
export interface Plugin {
  readonly name: string
  readonly path: string
  readonly schemaVersion: string
  readonly vendor: string
  readonly version: string
  readonly shortDescription: string
  readonly url: string
  readonly hidden: boolean
  /** Why it cannot be used. */
  readonly problem?: string
  /** Other plugins of its name, which it hides. */
  readonly shadowed: readonly string[]
}

/** How long a plugin may take for its metadata or a hook. */
const timeoutMs = 10_000

/** Every plugin, also those that cannot be used, by name. */
export async function listPlugins(context: Context, catalog: Catalog): Promise<Plugin[]> {
  const candidates = [...(await pluginCandidates(context))].toSorted(([a], [b]) => compareStrings(a, b))
  return Promise.all(
    candidates.map(async ([, [path = '', ...shadowed]]) => ({
      ...(await readPlugin(context, catalog, path)),
      shadowed,
    })),
  )
}

/** Asks the file at `path` what it is. Never throws: what is wrong is its `problem` (docker/cli cli-plugins/manager newPlugin). */
export async function readPlugin(context: Context, catalog: Catalog, path: string): Promise<Plugin> {
  const name = basename(path)
    .slice(prefix.length)
    .replace(context.platform === 'win32' ? /\.exe$/i : /$^/, '')
  const bare: Plugin = {
    name,
    path,
    schemaVersion: '',
    vendor: '',
    version: '',
    shortDescription: '',
    url: '',
    hidden: false,
    shadowed: [],
  }
  const clash = nameProblem(catalog, name)
  if (clash !== undefined) return { ...bare, problem: clash }
  let output: string
  try {
    output = await outputOf(context, path, ['docker-cli-plugin-metadata'], {})
  } catch (error) {
    return { ...bare, problem: `failed to fetch metadata: ${messageOf(error)}` }
  }
  try {
    const described = { ...bare, ...decode(output) }
    const problem = metadataProblem(described)
    return problem === undefined ? described : { ...described, problem }
  } catch (error) {
    return { ...bare, problem: `invalid metadata: ${messageOf(error)}` }
  }
}

/** What a plugin prints when run with `args`; throws with the message of Go's os/exec when it fails or takes too long. */
export function outputOf(
  { env, cwd, signal }: Pick<Context, 'env' | 'cwd' | 'signal'>,
  path: string,
  args: readonly string[],
  extra: Readonly<Record<string, string>>,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { env: { ...env, ...extra }, cwd, stdio: ['ignore', 'pipe', 'ignore'] })
    const chunks: Buffer[] = []
    const stop = (): void => {
      child.kill('SIGKILL')
      child.stdout.destroy()
    }
    const timer = setTimeout(stop, timeoutMs)
    signal.addEventListener('abort', stop, { once: true })
    const settle = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.on('error', (error: NodeJS.ErrnoException) => {
      settle()
      const reason =
        error.code === 'EACCES'
          ? 'permission denied'
          : error.code === 'ENOENT'
            ? 'no such file or directory'
            : error.message
      reject(new Error(`fork/exec ${path}: ${reason}`))
    })
    child.on('close', (code, name) => {
      settle()
      if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(new Error(code === null ? `signal: ${name === 'SIGKILL' ? 'killed' : name}` : `exit status ${code}`))
    })
  })
}

function nameProblem(catalog: Catalog, name: string): string | undefined {
  if (!isPluginName(name)) return `plugin candidate ${quote(name)} did not match "^[a-z][a-z0-9]*$"`
  for (const entry of children(catalog, undefined)) {
    if (lastWord(entry) === name) return `plugin ${quote(name)} duplicates builtin command`
    if (entry.aliases.includes(name)) {
      return `plugin ${quote(name)} duplicates an alias of builtin command ${quote(lastWord(entry))}`
    }
  }
  return undefined
}

type Described = Partial<Record<'schemaVersion' | 'vendor' | 'version' | 'shortDescription' | 'url', string>> & {
  hidden?: boolean
}

const keys = dictionary<keyof Described>({
  schemaversion: 'schemaVersion',
  vendor: 'vendor',
  version: 'version',
  shortdescription: 'shortDescription',
  url: 'url',
  hidden: 'hidden',
})

function decode(output: string): Described {
  const value = parseJSON(output)
  if (value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    const kind = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
    throw new Error(`json: cannot unmarshal ${kind} into Go value of type metadata.Metadata`)
  }
  const found = dictionary<unknown>()
  for (const [key, item] of Object.entries(value)) {
    const known = keys[key.toLowerCase()]
    if (known === undefined || item === null) continue
    const wanted = known === 'hidden' ? 'boolean' : 'string'
    if (typeof item !== wanted) {
      const kind = Array.isArray(item) ? 'array' : typeof item === 'boolean' ? 'bool' : typeof item
      throw new Error(
        `json: cannot unmarshal ${kind} into Go struct field Metadata.${key} of type ${wanted === 'boolean' ? 'bool' : wanted}`,
      )
    }
    found[known] = item
  }
  return found
}

function metadataProblem({ schemaVersion, vendor }: Plugin): string | undefined {
  return schemaProblem(schemaVersion) ?? (vendor === '' ? 'plugin metadata does not define a vendor' : undefined)
}

function schemaProblem(version: string): string | undefined {
  if (version === '') return 'plugin SchemaVersion version cannot be empty'
  const major = /^([+-]?\d+)\./.exec(version)?.[1]
  if (major === undefined) {
    return `plugin SchemaVersion ${quote(version)} has wrong format: must be <major>.<minor>.<patch>`
  }
  if (Number(major) <= 1) return undefined
  return `plugin SchemaVersion ${quote(version)} is not supported: must be lower than 2.0.0`
}
