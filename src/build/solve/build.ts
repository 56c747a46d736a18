import type { Engine } from '../../engine/engine.ts'
import { wrap } from '../../errors/cli-error.ts'
import { openBuildkit, type Buildkit } from '../buildkit.ts'
import type { Call } from '../flags/call.ts'
import type { BuildOptions } from '../flags/options.ts'
import type { Display } from '../progress/display.ts'
import { withOwnStep } from '../progress/own-step.ts'
import type { SolveRequest } from '../proto/control.ts'
import type { SourcePolicy } from '../proto/source-policy.ts'
import { serveContent } from '../session/content.ts'
import { newId } from '../session/session.ts'
import type { Served } from '../grpc/server.ts'
import { toFrontend } from './attributes.ts'
import { type Builder, readBuilder } from './builder.ts'
import { toCaches } from './caches.ts'
import { type Exporter, toExporters } from './exporters.ts'
import { type ImageLayouts, openImageLayouts } from './image-layouts.ts'
import type { BuildInputs } from './inputs.ts'
import { type LocalCaches, openLocalCaches } from './local-caches.ts'
import type { ExporterResponse } from './metadata.ts'
import { type ProvenanceMode, readProvenance } from './provenance.ts'
import { pushExported, type PushWorld } from './push.ts'
import { type Answer, askFrontend, questionRequest } from './question.ts'
import { toSolveRequest } from './request.ts'
import { solve } from './solve.ts'

/** Everything that a build is made with besides its options. */
export interface BuildWorld extends Pick<PushWorld, 'registryAuth'> {
  readonly engine: Engine
  readonly inputs: BuildInputs
  /** What the frontend is told of the commit that is built. */
  readonly commit: Readonly<Record<string, string>>
  readonly display: Display
  readonly env: Readonly<Record<string, string | undefined>>
  readonly now: () => Date
  readonly signal: AbortSignal
  /** The builder's name in `buildx.build.ref`: the context's. */
  readonly builderName: string
  /** The proxies that config.json wants in builds. */
  readonly proxies: readonly (readonly [string, string])[]
  readonly sourcePolicy: SourcePolicy | undefined
  readonly cwd: string
  /** How much of the build's provenance the response is to have. */
  readonly provenance: ProvenanceMode
  /** Tells of something that does not stop the build. */
  readonly warn: (text: string) => void
  /** What the session serves for these exporters besides content; throws where results cannot go to where they are to. */
  readonly services: (exporters: readonly Exporter[]) => Promise<readonly Served[]>
}

/** What a build ends with. */
export interface BuildResult {
  readonly response: ExporterResponse
  /** The frontend's answer, where it was only asked something. */
  readonly answer?: Answer
}

/** Builds by the engine's BuildKit, shows how it goes, and pushes what is to be pushed. Throws GrpcError where the build fails. */
export async function build(options: BuildOptions, world: BuildWorld): Promise<BuildResult> {
  const buildkit = await open(world.engine, world.signal)
  try {
    const { record } = await buildkit.control.listWorkers({}, { signal: world.signal })
    const planned = plan(options, readBuilder(record), world)
    const services = [...(await world.services(planned.exporters)), ...servedContent(planned, world)]
    const session = await buildkit.startSession(services, { sharedKey: world.inputs.sharedKey })
    const request = planned.request(session.id)
    if (options.call !== undefined) return await ask(request, options.call, buildkit, world)
    const response = await make(request, planned, buildkit, world)
    planned.caches.finish(response)
    planned.layouts.finish(response)
    return { response }
  } finally {
    buildkit.close()
  }
}

async function open(engine: Engine, signal: AbortSignal): Promise<Buildkit> {
  try {
    return await openBuildkit(engine, { signal })
  } catch (error) {
    signal.throwIfAborted()
    throw wrap(error, 'the engine does not answer as BuildKit does (DOCKER_BUILDKIT=0 builds without it)')
  }
}

interface Plan {
  readonly builder: Builder
  readonly exporters: readonly Exporter[]
  readonly caches: LocalCaches
  readonly layouts: ImageLayouts
  /** The request, once there is a session. */
  readonly request: (session: string) => SolveRequest
}

function plan(options: BuildOptions, builder: Builder, world: BuildWorld): Plan {
  const caches = openLocalCaches(toCaches(options, builder), world)
  const parts = {
    ref: newId(),
    caches: caches.caches,
    frontend: toFrontend(options, builder, world),
    exporters: toExporters(options, builder, world),
    inputs: world.inputs.attributes,
    commit: world.commit,
    sourcePolicy: world.sourcePolicy,
  }
  return {
    builder,
    exporters: parts.exporters,
    caches,
    layouts: openImageLayouts(parts.exporters, world.cwd),
    request: (session) => toSolveRequest(options, { ...parts, session }),
  }
}

function servedContent({ caches, layouts }: Plan, { inputs }: BuildWorld): Served[] {
  const content = new Map([...inputs.content, ...caches.content, ...layouts.content])
  return content.size === 0 ? [] : [serveContent(content)]
}

async function make(request: SolveRequest, { builder, exporters }: Plan, buildkit: Buildkit, world: BuildWorld) {
  const { builderName: name } = world
  const made = await solve(buildkit.control, request, world)
  // Builders that do not say their version keep no history.
  const recorded = builder.version === '' ? {} : await provenance(request.ref ?? '', buildkit, world)
  const response = { ...made, ...recorded, 'buildx.build.ref': `${name}/${name}/${request.ref}` }
  // Containerd's store is pushed from by the exporter itself, and knows images by their manifests.
  if (!builder.hasContainerdStore) return pushExported(response, exporters, world)
  const { 'containerimage.config.digest': _, ...rest } = response as ExporterResponse
  return exporters.some(({ type }) => type === 'moby') ? rest : response
}

async function provenance(ref: string, buildkit: Buildkit, world: BuildWorld): Promise<ExporterResponse> {
  const { provenance: mode, signal } = world
  if (mode === 'disabled') return {}
  return withOwnStep('resolving provenance for metadata file', world, () =>
    readProvenance(buildkit, ref, { mode, signal }),
  )
}

async function ask(request: SolveRequest, call: Call, buildkit: Buildkit, world: BuildWorld): Promise<BuildResult> {
  let answer: Answer = {}
  const alongside = async (signal: AbortSignal): Promise<void> => {
    answer = await askFrontend(buildkit.gateway, request, call, signal)
  }
  const response = await solve(buildkit.control, questionRequest(request), { ...world, alongside })
  return { response: { ...response, ...answer }, answer }
}
