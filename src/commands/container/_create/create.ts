import fs from 'node:fs'
import { CliError, messageOf, reword } from '../../../errors/cli-error.ts'
import { fromFolder } from '../../../go/path.ts'
import { pathError } from '../../../errors/os-error.ts'
import type { Context } from '../../../context.ts'
import { isEngineError } from '../../../engine/errors.ts'
import type { ContainerCreateResponse } from '../../../engine/types/container.ts'
import { parseEnv, toNullableMap, variablesOf } from '../../../parse/key-value.ts'
import { formatPlatform, parsePlatform } from '../../../parse/platform.ts'
import { quote } from '../../../go/quote.ts'
import { familiarString, parseAnyReference, type Reference, withDefaultTag } from '../../../parse/reference.ts'
import { isNamedPipe, readLocalFile } from '../../../streams/local-file.ts'
import { daemonProxies } from '../../_proxies.ts'
import { openCidFile } from '../_cid-file.ts'
import type { ConfigOptions, CreateOptions } from './flags.ts'
import { type CreateRequest, toCreateRequest } from './request.ts'

/** Turns a command line of create or run into its request; what is wrong with it ends the program with status 125. */
export async function prepareRequest(
  context: Context,
  verb: 'create' | 'run',
  options: ConfigOptions & CreateOptions,
  [image = '', ...command]: readonly string[],
): Promise<CreateRequest> {
  checkPullPolicy(context.program, verb, options.pull)
  const env = await environment(context, options.env ?? [])
  const { osType } = await (await context.engine()).ping(context.signal)
  const pipes = await readPipes(context, options)
  const requestContext = {
    getwd: context.getwd,
    serverOs: osType,
    lookup: variablesOf(context.env),
    readFile: (name: string) => pipes.get(name) ?? readFile(context.cwd, name),
  }
  try {
    return toCreateRequest(options, { image, command, env }, requestContext)
  } catch (error) {
    throw withHelp(error, context.program, verb)
  }
}

/** Makes the container, pulling its image as the policy says, tells the engine's warnings and gives its ID (docker/cli container/create.go). */
export async function createContainer(
  context: Context,
  request: CreateRequest,
  options: CreateOptions,
): Promise<string> {
  const platform = readPlatform(context, options)
  const cidFile = openCidFile(request.HostConfig.ContainerIDFile, context.cwd)
  try {
    const reference = parseAnyReference(request.Image)
    const socket = options.useApiSocket === true ? await import('../_api-socket.ts') : undefined
    const shared = await socket?.shareSocket(context, request)
    const made = await pullAndCreate(context, shared?.request ?? request, options, reference, platform)
    const injected = await shared?.inject(made.Id)
    for (const warning of [...(made.Warnings ?? []), ...(injected ?? [])]) context.err.line(`WARNING: ${warning}`)
    cidFile.write(made.Id)
    return made.Id
  } finally {
    cidFile.close()
  }
}

/** Adds the program's name and where help is to what is wrong; status 125 unless told otherwise (docker/cli container/run.go withHelp). */
export function withHelp(error: unknown, program: string, verb: 'create' | 'run', exitCode = 125): CliError {
  const text = `${program}: ${messageOf(error)}\n\nRun '${program} ${verb} --help' for more information`
  return reword(error, text, { exitCode })
}

function checkPullPolicy(program: string, verb: 'create' | 'run', policy = ''): void {
  const policies = ['always', 'missing', 'never']
  if (policy === '' || policies.includes(policy)) return
  const [always = '', missing = '', never = ''] = policies.map(quote)
  const allowed = `must be one of ${always}, ${missing} or ${never}`
  throw withHelp(new Error(`invalid pull option: '${policy}': ${allowed}`), program, verb)
}

/** Gives each variable once, the last value of a name counting, with the proxies of config.json. */
async function environment(context: Context, given: readonly string[]): Promise<string[]> {
  const variables = toNullableMap(given.map((text) => parseEnv(text, variablesOf(context.env))))
  const proxies = await daemonProxies(context, new Set(Object.keys(variables)))
  const all = [...Object.entries(variables), ...proxies]
  return all.map(([name, value]) => (value === null ? name : `${name}=${value}`))
}

/** What comes through those of the files named that are pipes: their writers may take their time. */
async function readPipes({ cwd, signal }: Context, options: ConfigOptions): Promise<Map<string, Uint8Array>> {
  const { envFile = [], labelFile = [], securityOpt = [] } = options
  const profiles = securityOpt.map((text) => /^seccomp[=:](.*)/s.exec(text)?.[1] ?? '')
  const pipes = new Map<string, Uint8Array>()
  for (const name of [...envFile, ...labelFile, ...profiles]) {
    const file = fromFolder(cwd, name)
    if (isNamedPipe(file) && !pipes.has(name)) pipes.set(name, await readLocalFile(file, signal))
  }
  return pipes
}

/** Reads a file named on the command line; the error keeps the system's code. */
function readFile(cwd: string, name: string): Uint8Array {
  try {
    return fs.readFileSync(fromFolder(cwd, name))
  } catch (error) {
    const { code, syscall = 'open' } = error as NodeJS.ErrnoException
    throw Object.assign(pathError(syscall, name, error), { code })
  }
}

function readPlatform(context: Context, options: CreateOptions): string {
  const text = options.platform ?? context.env['DOCKER_DEFAULT_PLATFORM'] ?? ''
  if (text === '') return ''
  return formatPlatform(parsePlatform(text, { os: hostOs(context.platform), architecture: context.arch }))
}

function hostOs(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'windows' : platform
}

async function pullAndCreate(
  context: Context,
  request: CreateRequest,
  options: CreateOptions,
  reference: Reference | { digest: string },
  platform: string,
): Promise<ContainerCreateResponse> {
  const { pull: policy = 'missing', quiet = false, name = '' } = options
  const pull = async () => {
    const { pullForCreate } = await import('../_pull-for-create.ts')
    await pullForCreate(context, request.Image, { quiet, platform })
  }
  if (policy === 'always') await pull()
  const { containers } = await context.engine()
  const size = context.out.size()
  if (size !== undefined) request.HostConfig.ConsoleSize = [size.rows, size.columns]
  const create = () => containers.create(request, { name, platform, signal: context.signal })
  try {
    return await create()
  } catch (error) {
    if (!isEngineError(error, 404) || !('path' in reference) || policy !== 'missing') throw error
    // Only the ID goes to stdout.
    if (!quiet) context.err.line(`Unable to find image '${familiarString(withDefaultTag(reference))}' locally`)
    await pull()
    return create()
  }
}
