import fs from 'node:fs'
import { gzip } from '../../../archive/gzip.ts'
import { type BuildContext, openContext } from '../../../build/classic/context.ts'
import { withProgress } from '../../../build/classic/upload-progress.ts'
import { wireAuth } from '../../../config/auth.ts'
import { allCredentials } from '../../../config/credentials.ts'
import type { Context } from '../../../context.ts'
import type { ImageBuildOptions } from '../../../engine/image-build.ts'
import { progressMessages } from '../../../engine/ndjson.ts'
import type { ResponseBody } from '../../../engine/transport.ts'
import { cliError, messageOf, reword } from '../../../errors/cli-error.ts'
import { pathError } from '../../../errors/os-error.ts'
import { fromFolder } from '../../../go/path.ts'
import { variablesOf } from '../../../parse/key-value.ts'
import { displayMessages, KeptOutput, MessageError } from '../../../streams/progress.ts'
import type { Output } from '../../../streams/stdio.ts'
import { platformName } from '../../_platform.ts'
import { daemonProxies } from '../../_proxies.ts'
import type { BuildOptions } from './flags.ts'
import { removeIdFile } from './id-file.ts'
import { toBuildRequest } from './request.ts'

/** Has the daemon's classic builder make an image of the context at `specified` (docker/cli image/build.go). */
export async function buildClassic(context: Context, specified: string, options: BuildOptions): Promise<void> {
  const { file = '', iidfile = '', quiet = false, platform: platforms = [] } = options
  const platform = platforms.at(-1) ?? context.env.DOCKER_DEFAULT_PLATFORM ?? ''
  const normal = platform === '' ? '' : platformName(platform, context)
  removeIdFile(context, iidfile)
  const output = quiet ? new KeptOutput() : context.out
  const upload = quiet ? new KeptOutput() : context.out
  const source = await openContext(context, { specified, file }, (text) => upload.write(text))
  try {
    const request = await readRequest(context, options, source.dockerfile, normal)
    const id = await build(context, source, request, { compress: options.compress === true, upload, output })
    if (output instanceof KeptOutput) context.out.write(output.bytes)
    // With --quiet the answer is the ID, its line feed included.
    if (iidfile !== '') writeIdFile(context, iidfile, output instanceof KeptOutput ? output.bytes.toString() : id)
  } finally {
    source.close()
  }
}

interface Run {
  readonly compress: boolean
  /** Where the progress of the upload is shown, and where the builder's own words are. */
  readonly upload: Output
  readonly output: Output
}

/** Sends the context and shows what the builder says; what was kept back is shown if it fails. */
async function build(context: Context, source: BuildContext, request: ImageBuildOptions, run: Run): Promise<string> {
  try {
    return await show(context, await send(context, source, request, run), run.output)
  } catch (error) {
    for (const kept of [run.upload, run.output]) if (kept instanceof KeptOutput) context.err.write(kept.bytes)
    throw error
  }
}

async function readRequest(
  context: Context,
  options: BuildOptions,
  dockerfile: string,
  platform: string,
): Promise<ImageBuildOptions> {
  return toBuildRequest(options, {
    dockerfile,
    platform,
    lookup: variablesOf(context.env),
    proxies: await daemonProxies(context, new Set()),
    auths: await readAuths(context),
  })
}

/** Who pulls may need no credentials, so that a store that fails is told of and no more. */
async function readAuths(context: Context): Promise<NonNullable<ImageBuildOptions['auths']>> {
  try {
    const all = Object.entries(await allCredentials(context))
    return Object.fromEntries(all.map(([server, auth]) => [server, wireAuth(auth)]))
  } catch (error) {
    context.signal.throwIfAborted()
    context.err.line(`WARNING: going on without credentials for registries: ${messageOf(error)}`)
    return {}
  }
}

async function send(
  { engine, signal, now }: Context,
  { archive }: BuildContext,
  request: ImageBuildOptions,
  { compress, upload }: Run,
): Promise<ResponseBody> {
  const { images } = await engine()
  const packed = compress ? gzip(archive) : archive
  const transfer = { action: 'Sending build context to Docker daemon', total: 0, isTerminal: upload.isTerminal }
  const { body } = await images.build(
    withProgress(packed, transfer, now, (text) => upload.write(text)),
    { ...request, signal },
  )
  return body
}

/** Shows what the builder says and gives the image's ID, empty where it says none; a step that fails gives its own status. */
async function show({ now, err }: Context, body: ResponseBody, out: Output): Promise<string> {
  let id = ''
  const aux = (value: unknown): void => {
    const found = (value as { ID?: unknown }).ID ?? ''
    if (typeof found === 'string') id = found
    else err.write(`Failed to parse aux message: ${JSON.stringify(value)}`)
  }
  try {
    await displayMessages(progressMessages(body), out, { aux, now })
  } catch (error) {
    if (!(error instanceof MessageError)) throw error
    throw reword(error, error.message, { exitCode: error.status || 1 })
  }
  return id
}

function writeIdFile({ cwd }: Context, given: string, id: string): void {
  if (id === '') throw cliError(`server did not provide an image ID. Cannot write ${given}`)
  try {
    fs.writeFileSync(fromFolder(cwd, given), id)
  } catch (error) {
    throw pathError('open', given, error)
  }
}
