import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../context.ts'
import type { TlsInfo, SwarmNode } from '../../engine/types/swarm.ts'
import type { SwarmDescription } from '../../engine/types/swarm-info.ts'
import type { JsonMessage } from '../../engine/types/system.ts'
import { discard, displayMessages } from '../../streams/progress.ts'

/**
 * Shows how many nodes have the new certificate and trust the new root, until all do. Ctrl-C ends only the showing: then that is
 * said, and it gives false (docker/cli swarm/progress/root_rotation.go).
 */
export async function showRootRotation(context: Context, quiet: boolean): Promise<boolean> {
  const interrupt = new AbortController()
  const release = context.onSignal(['SIGINT'], () => interrupt.abort())
  try {
    await displayMessages(rotation(context, interrupt.signal), quiet ? discard : context.out, context)
  } finally {
    release()
  }
  return !interrupt.signal.aborted
}

const certificates = '  rotated TLS certificates'
const roots = '  rotated CA certificates'

async function* rotation(context: Context, interrupt: AbortSignal): AsyncGenerator<JsonMessage> {
  const { swarm, nodes } = await context.engine()
  const signal = AbortSignal.any([context.signal, interrupt])
  yield message('desired root digest', '', {})
  yield message(certificates, '', {})
  yield message(roots, ' ', {})
  let done = false
  try {
    for (;;) {
      const info = await swarm.inspect({ signal })
      // A swarm that has got there is looked at once more.
      if (done) return
      const found = await nodes.list({ signal })
      const counts = countRotated(info, found)
      yield message('desired root digest', digest(info.TLSInfo?.TrustRoot ?? ''), {})
      yield message(certificates, '', { current: counts.certificates, total: found.length, units: 'nodes' })
      yield message(roots, ' ', { current: counts.roots, total: found.length, units: 'nodes' })
      done = counts.done
      await sleep(INTERVAL_MS, undefined, { signal })
    }
  } catch (error) {
    if (!interrupt.aborted || context.signal.aborted) throw error
    if (done) return
    yield { status: 'Operation continuing in background.' }
    yield { status: 'Use `swarmctl cluster inspect default` to check progress.' }
  }
}

const INTERVAL_MS = 200

function message(id: string, status: string, progressDetail: NonNullable<JsonMessage['progressDetail']>): JsonMessage {
  return { id, status, progressDetail }
}

/** How many nodes have certificates of the root that the swarm wants, and how many trust it: none until all certificates are. */
export function countRotated(
  { TLSInfo: wanted, RootRotationInProgress }: Pick<SwarmDescription, 'TLSInfo' | 'RootRotationInProgress'>,
  nodes: readonly SwarmNode[],
): { certificates: number; roots: number; done: boolean } {
  const had = nodes.map(({ Description }) => Description?.TLSInfo)
  const certified = had.filter((tls) => isIssuedBy(tls, wanted)).length
  const trusting = had.filter((tls) => (tls?.TrustRoot ?? '') === (wanted?.TrustRoot ?? '')).length
  if (certified < nodes.length || RootRotationInProgress === true) {
    return { certificates: certified, roots: 0, done: false }
  }
  return { certificates: certified, roots: trusting, done: trusting === nodes.length }
}

function isIssuedBy(had: TlsInfo | undefined, wanted: TlsInfo | undefined): boolean {
  return (
    (had?.CertIssuerPublicKey ?? '') === (wanted?.CertIssuerPublicKey ?? '') &&
    (had?.CertIssuerSubject ?? '') === (wanted?.CertIssuerSubject ?? '')
  )
}

function digest(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`
}
