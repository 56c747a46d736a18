import { describe, expect, test } from 'vitest'
import { GrpcError } from '../../../src/build/grpc/status.ts'
import { provenanceMode, readProvenance } from '../../../src/build/solve/provenance.ts'

type Builder = Parameters<typeof readProvenance>[0]

const attestation = (type: string) => ({
  mediaType: 'application/vnd.in-toto+json',
  digest: 'sha256:1',
  size: 1,
  annotations: { 'in-toto.io/predicate-type': type },
})
const recorded = (type: string) => ({ attestations: [attestation(type)] })
const predicate = { builder: { id: '' }, buildType: 't', buildConfig: { llb: 1 }, metadata: { at: 2 } }

/** A builder whose history has these records. */
function builder(records: readonly object[], failure?: Error, said: object = predicate): Builder {
  const control = {
    async *listenBuildHistory() {
      if (failure !== undefined) throw failure
      for (const record of records) yield { record }
    },
  }
  const content = {
    async *read() {
      const text = Buffer.from(JSON.stringify(said))
      yield { offset: 0, data: text.subarray(0, 10) }
      yield { offset: 10, data: text.subarray(10) }
    },
  }
  return { control, content } as unknown as Builder
}

const slsa = 'https://slsa.dev/provenance/v0.2'
const read = async (from: Builder, mode: 'min' | 'max' = 'min') => {
  const found = await readProvenance(from, 'ref', { mode, signal: new AbortController().signal })
  const text = (value: string): unknown => JSON.parse(Buffer.from(value, 'base64').toString())
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, text(value)]))
}

describe('the provenance in a metadata file', () => {
  test('what was recorded, without its steps and times unless they are asked for', async () => {
    const one = builder([{ result: recorded(slsa), results: {} }])
    expect(await read(one)).toEqual({ 'buildx.build.provenance': { builder: { id: '' }, buildType: 't' } })
    expect(await read(one, 'max')).toEqual({ 'buildx.build.provenance': predicate })
  })

  test('what was recorded in the form of SLSA 1, in that of 0.2', async () => {
    const dependency = { uri: 'pkg:docker/busybox', digest: { sha256: 'a' } }
    const said = {
      buildDefinition: {
        buildType: 'https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md',
        externalParameters: { configSource: { path: 'Dockerfile' }, request: { frontend: 'dockerfile.v0' } },
        internalParameters: { buildConfig: { llb: 1 }, builderPlatform: 'linux/amd64', more: 'said' },
        resolvedDependencies: [{ ...dependency, name: 'base' }],
      },
      runDetails: {
        builder: { id: 'b' },
        metadata: {
          invocationId: 'i',
          startedOn: '2024-05-01T12:00:00Z',
          finishedOn: '2024-05-01T12:00:01Z',
          buildkit_metadata: { vcs: { revision: 'r' } },
          buildkit_completeness: { request: true, resolvedDependencies: false },
        },
      },
    }
    const one = builder([{ result: recorded('https://slsa.dev/provenance/v1'), results: {} }], undefined, said)
    const least = {
      builder: { id: 'b' },
      buildType: 'https://mobyproject.org/buildkit@v1',
      materials: [dependency],
      invocation: {
        configSource: { entryPoint: 'Dockerfile' },
        parameters: { frontend: 'dockerfile.v0' },
        environment: { platform: 'linux/amd64', more: 'said' },
      },
    }
    expect(await read(one)).toEqual({ 'buildx.build.provenance': least })
    const metadata = {
      buildInvocationID: 'i',
      buildStartedOn: '2024-05-01T12:00:00Z',
      buildFinishedOn: '2024-05-01T12:00:01Z',
      completeness: { parameters: true, environment: true, materials: false },
      reproducible: false,
      'https://mobyproject.org/buildkit@v1#metadata': { vcs: { revision: 'r' } },
    }
    expect(await read(one, 'max')).toEqual({
      'buildx.build.provenance': { ...least, buildConfig: { llb: 1 }, metadata },
    })
  })

  test('of each platform', async () => {
    const results = { 'linux/amd64': recorded(slsa), 'linux/arm64': recorded(slsa) }
    expect(Object.keys(await read(builder([{ results }])))).toEqual([
      'buildx.build.provenance/linux/amd64',
      'buildx.build.provenance/linux/arm64',
    ])
  })

  test('none where there is no history, or nothing of that kind', async () => {
    expect(await read(builder([{ result: recorded('other'), results: {} }]))).toEqual({})
    expect(await read(builder([], new GrpcError('Unimplemented', 'no')))).toEqual({})
    await expect(read(builder([], new GrpcError('Internal', 'broken')))).rejects.toThrow('broken')
  })

  test.each([
    [undefined, 'min'],
    ['max', 'max'],
    ['disabled', 'disabled'],
    ['false', 'disabled'],
    ['true', 'min'],
  ])('BUILDX_METADATA_PROVENANCE=%s: %s', (text, mode) => {
    expect(provenanceMode(text)).toBe(mode)
  })
})
