import { describe, expect, test } from 'vitest'
import type { SolveStatus } from '../../../src/build/progress/status.ts'
import { pushExported } from '../../../src/build/solve/push.ts'
import { fakeEngine } from '../../fake-engine.ts'

const exporter = { type: 'moby', attributes: { name: 'r.io/x:1,r.io/y', push: 'true' } }

const rest = {
  'POST /images/r.io/y/push': { lines: [] },
  'GET /images/r.io/x:1/json': { json: { Id: 'sha256:id', RepoDigests: ['r.io/x@sha256:m'] } },
  'GET /distribution/r.io/x:1/json': { json: { Descriptor: { digest: 'sha256:m' }, Platforms: [] } },
}

async function push(lines: readonly unknown[], after: Parameters<typeof fakeEngine>[0] = rest) {
  const engine = await fakeEngine({ 'POST /images/r.io/x/push': { lines }, ...after })
  const shown: SolveStatus[] = []
  const display = { update: (status: SolveStatus): void => void shown.push(status) }
  const world = {
    engine: engine.engine(),
    display,
    now: () => new Date(1_700_000_000_000),
    signal: new AbortController().signal,
    registryAuth: (domain: string) => Promise.resolve(`auth of ${domain}`),
  }
  return { engine, shown, pushed: pushExported({ 'containerimage.digest': 'sha256:id' }, [exporter], world) }
}

describe('pushing what the engine keeps', () => {
  test('every name, with its layers as parts of a step, and the digest that the registry has', async () => {
    const { engine, shown, pushed } = await push([
      { id: 'aaa', status: 'Preparing' },
      { id: 'aaa', status: 'Pushing', progressDetail: { current: 5, total: 10 } },
      { id: 'aaa', status: 'Pushed' },
    ])
    expect(await pushed).toEqual({ 'containerimage.digest': 'sha256:m', 'containerimage.config.digest': 'sha256:id' })
    expect(engine.requests[0]?.headers['x-registry-auth']).toBe('auth of r.io')
    expect(engine.requests.filter(({ path }) => path.endsWith('/push')).map(({ query }) => query)).toEqual([
      { tag: '1' },
      { tag: 'latest' },
    ])
    const parts = shown.flatMap(({ statuses = [] }) => statuses)
    expect(parts.map(({ id, current, total, completed }) => [id, current, total, completed !== undefined])).toEqual([
      ['pushing layer aaa', 5, 10, false],
      ['pushing layer aaa', 10, 10, true],
    ])
    expect(shown[0]?.vertexes?.[0]?.name).toBe('pushing r.io/x:1 with docker')
  })

  test('a registry that refuses is the failure of the step', async () => {
    const { shown, pushed } = await push([{ errorDetail: { message: 'denied' } }], {})
    await expect(pushed).rejects.toThrow('denied')
    expect(shown.at(-1)?.vertexes?.[0]).toMatchObject({ error: 'denied' })
  })
})
