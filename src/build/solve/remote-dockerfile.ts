import { createHash } from 'node:crypto'
import type { Engine } from '../../engine/engine.ts'
import { type Buildkit, openBuildkit } from '../buildkit.ts'
import { encode } from '../proto/message.ts'
import { op, opMetadata } from '../proto/ops.ts'
import { newId } from '../session/session.ts'
import { questionRequest } from './question.ts'
import { solve, type SolveOptions } from './solve.ts'

/** What a Dockerfile is fetched with. */
export interface RemoteWorld extends Pick<SolveOptions, 'display' | 'now' | 'signal'> {
  readonly engine: Engine
}

/** Has the builder download a Dockerfile, and gives its content. Throws GrpcError where that fails, and for one beyond measure (buildx build/url.go). */
export async function fetchDockerfile(url: string, world: RemoteWorld): Promise<Buffer> {
  const buildkit = await openBuildkit(world.engine, world)
  try {
    const session = await buildkit.startSession([])
    const ref = newId()
    let content: Buffer = Buffer.alloc(0)
    const alongside = async (signal: AbortSignal): Promise<void> => {
      content = await download(buildkit.gateway, url, ref, signal)
    }
    await solve(buildkit.control, questionRequest({ ref, session: session.id }), { ...world, alongside })
    return content
  } finally {
    buildkit.close()
  }
}

async function download(
  gateway: Buildkit['gateway'],
  url: string,
  build: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const options = { signal, metadata: { 'buildkit-controlapi-buildid': build } }
  const { result } = await gateway.solve(
    { definition: downloadOf(url), allowResultReturn: true, allowResultArrayRef: true },
    options,
  )
  const ref = result?.ref?.id ?? result?.refDeprecated ?? ''
  const { stat } = await gateway.statFile({ ref, path: DOCKERFILE }, options)
  if ((stat?.size ?? 0) > LARGEST) throw new Error(`Dockerfile ${url} bigger than allowed max size (2.097MB)`)
  const { data } = await gateway.readFile({ ref, path: DOCKERFILE }, options)
  await gateway.return({ result: {} }, options)
  return Buffer.from(data)
}

/** A build of one step, that downloads a file (buildkit client/llb HTTP). */
function downloadOf(url: string) {
  const step = encode(op, { source: { identifier: url, attrs: { 'http.filename': DOCKERFILE } } })
  const digest = `sha256:${createHash('sha256').update(step).digest('hex')}`
  const end = encode(op, { inputs: [{ digest }] })
  const description = { 'llb.customname': `[internal] load ${url}` }
  return {
    def: [step, end],
    metadata: { [digest]: encode(opMetadata, { description, caps: { 'source.http': true } }) },
  }
}

const DOCKERFILE = 'Dockerfile'
const LARGEST = 2 * 1024 * 1024
