import fs from 'node:fs'
import path from 'node:path'
import { type BuildOptions, parseBuildOptions } from '../../../build/flags/options.ts'
import { policyError } from '../../../build/flags/policy.ts'
import { coloursOf } from '../../../build/progress/colours.ts'
import { openDisplay, type Display } from '../../../build/progress/display.ts'
import { displayMode } from '../../../build/progress/mode.ts'
import { build, type BuildResult } from '../../../build/solve/build.ts'
import { buildFailure } from '../../../build/solve/failure.ts'
import { gitAttributes } from '../../../build/solve/git-attributes.ts'
import { type BuildInputs, openInputs } from '../../../build/solve/inputs.ts'
import { nodeId } from '../../../build/solve/node-id.ts'
import { provenanceMode, type ProvenanceMode } from '../../../build/solve/provenance.ts'
import { isSshRepository } from '../../../build/solve/remote.ts'
import { readSourcePolicy } from '../../../build/solve/source-policy.ts'
import { newId } from '../../../build/session/session.ts'
import { registryAuth } from '../../../config/credentials.ts'
import { resolveContextName } from '../../../connection/endpoint.ts'
import type { Context } from '../../../context.ts'
import { cliError, failingAs, messageOf, wrap } from '../../../errors/cli-error.ts'
import { log } from '../../../errors/log.ts'
import { isTrue } from '../../../go/bool.ts'
import { quote } from '../../../go/quote.ts'
import { hostPlatform } from '../../../parse/platform.ts'
import { daemonProxies } from '../../_proxies.ts'
import type { BuildkitOptions } from './buildkit-flags.ts'
import type { BuildOptions as CommonOptions } from './flags.ts'
import { toBuildFlags, warnOfIgnored } from './buildkit-options.ts'
import { showResult, writeResultFiles } from './buildkit-result.ts'
import { removeIdFile } from './id-file.ts'
import { servicesOf } from './buildkit-services.ts'

/** Has the engine's BuildKit build the context at `specified`, and gives the exit status (buildx commands/build.go). */
export async function buildByBuildkit(
  context: Context,
  specified: string,
  given: CommonOptions & BuildkitOptions,
): Promise<number> {
  warnOfIgnored(context, given)
  const { options, mode } = readOptions(context, specified, given)
  failingAs('ERROR', () => removeIdFile(context, given.iidfile ?? ''))
  const name = await resolveContextName(context)
  checkBuilder(context, given.builder, name)
  const { colours, problems } = coloursOf(context.env)
  if (mode === 'tty') problems.forEach((problem) => log(context, 'warning', problem))
  const display = openDisplay(mode, {
    err: context.err,
    env: context.env,
    colours,
    now: context.now,
    debug: context.globals.debug === true,
    description: {
      plain: `building with ${quote(name)} instance using docker driver`,
      terminal: `docker:${name}`,
    },
  })
  const provenance = given.metadataFile ? provenanceMode(context.env.BUILDX_METADATA_PROVENANCE) : 'disabled'
  const result = await run(context, { specified, options, display, name, provenance })
  const isAsked = options.call === undefined && isTrue(context.env.BUILDX_METADATA_WARNINGS)
  writeResultFiles(context, given, result, isAsked ? display.warnings : [])
  return showResult(context, { given, options, mode, specified }, result)
}

/** Throws for a builder that is not the engine's own. */
function checkBuilder({ env }: Context, given: string | undefined, own: string): void {
  const builder = given || env.BUILDX_BUILDER || own
  if (builder === own || builder === 'default') return
  throw cliError(
    `ERROR: no builder ${quote(builder)}: without the buildx plugin the engine builds, as builder ${quote(own)}.\n` +
      'Install the plugin for other builders: https://docs.docker.com/go/buildx/',
  )
}

/** Throws where a policy lies beside the Dockerfile, which buildx would apply unasked. */
function checkPolicy({ withoutPolicies }: BuildOptions, { dockerfile }: BuildInputs): void {
  if (withoutPolicies || dockerfile === undefined) return
  const file = `${dockerfile.name}.rego`
  if (fs.existsSync(path.join(dockerfile.folder, file))) throw policyError(`${file} lies beside the Dockerfile`)
}

function readOptions(context: Context, specified: string, given: CommonOptions & BuildkitOptions) {
  const { env, platform, arch, err } = context
  try {
    const options = parseBuildOptions(toBuildFlags(given), { env, host: hostPlatform(platform, arch) })
    const { progress = 'auto', quiet = false } = given
    const mode = displayMode({ progress, quiet, isTerminal: err.isTerminal, env })
    // A repository that is fetched with ssh needs the user's agent.
    const ssh = options.ssh.length === 0 && isSshRepository(specified) ? [{ id: 'default', paths: [] }] : options.ssh
    return { options: { ...options, ssh }, mode }
  } catch (error) {
    throw wrap(error, 'ERROR')
  }
}

interface Run {
  readonly specified: string
  readonly options: BuildOptions
  readonly display: Display
  readonly name: string
  readonly provenance: ProvenanceMode
}

async function run(context: Context, { specified, options, display, name, provenance }: Run): Promise<BuildResult> {
  const { now, signal } = context
  let inputs: BuildInputs | undefined
  try {
    inputs = await openInputs(specified, options, {
      in: context.in,
      cwd: context.cwd,
      getwd: context.getwd,
      env: context.env,
      nodeId: nodeId(context.configDir, context.env),
      newId,
      fetch: async (url) => {
        const { fetchDockerfile } = await import('../../../build/solve/remote-dockerfile.ts')
        return fetchDockerfile(url, { engine: await context.engine(), display, now, signal })
      },
    })
    checkPolicy(options, inputs)
    const commit = await commitOf(context, { specified, options, inputs })
    return await build(options, await worldOf(context, { options, inputs, commit, display, name, provenance }))
  } catch (error) {
    if (context.signal.aborted) throw error
    throw buildFailure(error, inputs === undefined ? '' : missingDockerfile(inputs))
  } finally {
    await display.done()
    inputs?.close()
  }
}

/** What there is to say of the commit; a build does not depend on it. */
async function commitOf(
  { env, getwd, signal, ...context }: Context,
  { specified, options, inputs }: Pick<Run, 'specified' | 'options'> & { inputs: BuildInputs },
): Promise<Record<string, string>> {
  const folder = path.resolve(getwd(), specified)
  const dockerfile = path.resolve(getwd(), options.file || path.join(specified, 'Dockerfile'))
  try {
    return await gitAttributes({ context: folder, dockerfile, folders: inputs.folders, env, signal })
  } catch (error) {
    signal.throwIfAborted()
    log(context, 'warning', `current commit information was not captured by the build: ${messageOf(error)}`)
    return {}
  }
}

async function worldOf(
  context: Context,
  {
    options,
    inputs,
    commit,
    display,
    name,
    provenance,
  }: Omit<Run, 'specified'> & { inputs: BuildInputs; commit: Record<string, string> },
): Promise<Parameters<typeof build>[1]> {
  const { env, now, signal, cwd } = context
  return {
    engine: await context.engine(),
    inputs,
    commit,
    display,
    env,
    now,
    signal,
    builderName: name,
    proxies: await daemonProxies(context, new Set()),
    sourcePolicy: readSourcePolicy(env, cwd),
    cwd,
    provenance,
    warn: (text) => log(context, 'warning', text),
    registryAuth: (domain) => registryAuth(context, domain),
    services: (exporters) => servicesOf(context, { options, inputs, exporters, display }),
  }
}

/** What there is in place of a Dockerfile that is not there. */
function missingDockerfile({ dockerfile }: BuildInputs): string {
  if (dockerfile === undefined || fs.existsSync(path.join(dockerfile.folder, dockerfile.name))) return ''
  try {
    const names = fs.readdirSync(dockerfile.folder).filter((name) => /dockerfile|containerfile/i.test(name))
    const others = names.filter((name) => !name.endsWith('.dockerignore')).sort()
    if (others.length === 0)
      return `There is no Dockerfile in ${dockerfile.folder}: name one with -f, or another context.`
    return `There is no ${dockerfile.name} in ${dockerfile.folder}, but ${others.join(', ')}: name it with -f.`
  } catch {
    return ''
  }
}
