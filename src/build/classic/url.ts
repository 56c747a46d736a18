import { STATUS_CODES } from 'node:http'
import type { Context } from '../../context.ts'
import { cliError, wrap } from '../../errors/cli-error.ts'
import type { ResponseBody } from '../../engine/transport.ts'
import { HttpClient, type HttpResponse } from '../../registry/http.ts'
import { inputChunks } from '../../streams/input-chunks.ts'
import { addDockerfile } from './add-dockerfile.ts'
import type { BuildContext } from './context.ts'
import { archiveFrom, readDockerfile } from './stdin.ts'
import { withProgress } from './upload-progress.ts'

interface Remote {
  readonly url: string
  /** What `-f` names, `-` for standard input. */
  readonly file: string
}

/** The context that a URL leads to, an archive or a Dockerfile (docker/cli GetContextFromURL). */
export async function contextFromUrl(
  context: Context,
  { url, file }: Remote,
  progress: (text: Uint8Array) => void,
): Promise<BuildContext> {
  const http = client(context)
  try {
    const { body, headers } = await download(http, url, context.signal)
    const length = Number(headers['content-length'] ?? 0)
    const action = `Downloading build context from remote url: ${url}`
    const shown = withProgress(
      body,
      { action, total: length, isTerminal: context.out.isTerminal },
      context.now,
      progress,
    )
    const found = await archiveFrom(shown, file, context.now())
    const close = (): void => http.close()
    if (file !== '-') return { ...found, close }
    const dockerfile = await readDockerfile(inputChunks(context.in))
    return { ...addDockerfile(found.archive, dockerfile, context.now()), close }
  } catch (error) {
    http.close()
    context.signal.throwIfAborted()
    throw wrap(error, `unable to prepare context: unable to download remote context ${url}`)
  }
}

/** Whether a server speaks git's own protocol over HTTP, which shallow clones need (docker/cli internal/git supportsShallowClone). */
export async function answersSmartly(context: Context, remote: string): Promise<boolean> {
  const http = client(context)
  const url = new URL(`${remote}/info/refs?service=git-upload-pack`)
  try {
    for (const method of ['HEAD', 'GET']) {
      const response = await open(http, url, context.signal, method).catch(() => undefined)
      context.signal.throwIfAborted()
      response?.body.cancel()
      if (response?.status === 200) return response.headers['content-type'] === SMART
    }
    return false
  } finally {
    http.close()
  }
}

async function download(http: HttpClient, text: string, signal: AbortSignal): Promise<HttpResponse<ResponseBody>> {
  if (!URL.canParse(text)) throw cliError(`${text} is no valid URL`)
  const response = await open(http, new URL(text), signal)
  if (response.status < 400) return response
  const said = (await response.body.text()).trim()
  const status = `${response.status} ${STATUS_CODES[response.status] ?? ''}`.trimEnd()
  throw cliError(`failed to GET ${text} with status ${status}: ${said}`)
}

function open(http: HttpClient, url: URL, signal: AbortSignal, method = 'GET'): Promise<HttpResponse<ResponseBody>> {
  const { username, password } = url
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const headers = username === '' ? {} : { Authorization: `Basic ${Buffer.from(user).toString('base64')}` }
  return http.open({ method, url, headers, signal })
}

function client({ env, now }: Context): HttpClient {
  return new HttpClient({ env, now, userAgent: 'docket' })
}

const SMART = 'application/x-git-upload-pack-advertisement'
