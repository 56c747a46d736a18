import type { Engine } from '../../engine/engine.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import type { JsonMessage } from '../../engine/types/system.ts'
import { fullName, parseReference, withDefaultTag } from '../../parse/reference.ts'
import type { Display } from '../progress/display.ts'
import { type TellStatus, withOwnStep } from '../progress/own-step.ts'
import { type Exporter, pushes } from './exporters.ts'
import type { ExporterResponse } from './metadata.ts'

export interface PushWorld {
  readonly engine: Pick<Engine, 'images'>
  readonly display: Pick<Display, 'update'>
  readonly now: () => Date
  readonly signal: AbortSignal
  /** The value of X-Registry-Auth for a registry. */
  readonly registryAuth: (domain: string) => Promise<string>
}

/**
 * Has the engine push what an exporter left in its image store, as its builder cannot do that by itself; gives the response with
 * the digests as the registry has them (buildx build/build.go pushWithMoby).
 */
export async function pushExported(
  response: ExporterResponse,
  exporters: readonly Exporter[],
  world: PushWorld,
): Promise<ExporterResponse> {
  let pushed = response
  const known = new Map<string, Promise<string>>()
  const once: PushWorld = {
    ...world,
    registryAuth(domain) {
      const found = known.get(domain) ?? world.registryAuth(domain)
      known.set(domain, found)
      return found
    },
  }
  for (const exporter of exporters.filter((one) => one.type === 'moby' && pushes(one))) {
    const names = (exporter.attributes.name ?? '').split(',')
    for (const name of names) {
      await withOwnStep(`pushing ${name} with docker`, world, (tell) => push(name, tell, once))
    }
    const digest = await remoteDigest(names[0] ?? '', once)
    if (digest === '') continue
    // Old daemons give the image's ID under the name of the digest.
    const config = pushed['containerimage.config.digest'] ?? pushed['containerimage.digest']
    pushed = {
      ...pushed,
      ...(config !== undefined && { 'containerimage.config.digest': config }),
      'containerimage.digest': digest,
    }
  }
  return pushed
}

async function push(name: string, tell: TellStatus, { engine, now, signal, registryAuth }: PushWorld): Promise<void> {
  const reference = withDefaultTag(parseReference(name))
  const { body } = await engine.images.push(fullName(reference), {
    ...(reference.tag !== undefined && { tag: reference.tag }),
    registryAuth: await registryAuth(reference.domain),
    signal,
  })
  const layers = new Map<string, Layer>()
  for await (const message of progressMessages(body)) {
    if (message.errorDetail) throw new Error(message.errorDetail.message ?? 'the daemon could not push the image')
    await tellLayer(message, layers, tell, now)
  }
}

interface Layer {
  readonly from: Date
  readonly total: number
}

async function tellLayer(
  { id = '', status, progressDetail }: JsonMessage,
  layers: Map<string, Layer>,
  tell: TellStatus,
  now: () => Date,
): Promise<void> {
  const { current = 0, total = 0 } = progressDetail ?? {}
  const isPushed = status === 'Pushed'
  const known = layers.get(id)
  if (id === '' || (known === undefined && current === 0 && total === 0 && !isPushed)) return
  const layer = { from: known?.from ?? now(), total: total || (known?.total ?? 0) }
  layers.set(id, layer)
  const amount = isPushed ? { current: layer.total, to: now() } : { current }
  await tell({ id: `pushing layer ${id}`, ...layer, ...amount })
}

async function remoteDigest(name: string, { engine, signal, registryAuth }: PushWorld): Promise<string> {
  const reference = withDefaultTag(parseReference(name))
  const { RepoDigests } = await engine.images.inspect(name, { signal })
  if ((RepoDigests ?? []).length === 0) return ''
  const auth = await registryAuth(reference.domain)
  const tagged = `${fullName(reference)}:${reference.tag ?? ''}`
  const { Descriptor } = await engine.images.distribution(tagged, { registryAuth: auth, signal })
  return Descriptor.digest ?? ''
}
