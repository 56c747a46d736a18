import { describe, expect, it } from 'vitest'
import { withIds } from '../../src/commands/_references.ts'
import { type FakeEngine, fakeEngine } from '../fake-engine.ts'

const contextOf = (fake: FakeEngine) => {
  const engine = fake.engine()
  return { engine: () => Promise.resolve(engine), signal: new AbortController().signal }
}
const inFile = (name: string, as = name) => ({ name, file: { Name: as, UID: '0', GID: '0', Mode: 0o444 } })
const objects = (...names: string[]) => ({ json: names.map((Name) => ({ ID: `id-${Name}`, Spec: { Name } })) })

describe('the secrets and configs that a service names', () => {
  it('are asked for together', async () => {
    const engine = await fakeEngine({ 'GET /secrets': objects('b', 'a', 'a2') })
    const references = [inFile('b'), inFile('a'), inFile('a', 'again')]
    expect(await withIds(contextOf(engine), 'secret', references)).toEqual([
      { ...inFile('b'), id: 'id-b' },
      { ...inFile('a'), id: 'id-a' },
      { ...inFile('a', 'again'), id: 'id-a' },
    ])
    expect(engine.requests.map(({ query }) => query.filters)).toEqual(['{"name":{"a":true,"b":true}}'])
  })

  it('are not asked for where there are none', async () => {
    expect(await withIds(contextOf(await fakeEngine()), 'config', [])).toEqual([])
  })

  it('are one file each, and one config for the runtime', async () => {
    const engine = await fakeEngine({ 'GET /configs': objects('a') })
    const references = [{ name: 'a' }, inFile('a'), { name: 'a' }]
    expect(await withIds(contextOf(engine), 'config', references)).toEqual([
      { ...inFile('a'), id: 'id-a' },
      { name: 'a', id: 'id-a' },
    ])
    await expect(withIds(contextOf(engine), 'config', [inFile('a', 'f'), inFile('b', 'f')])).rejects.toThrow(
      'duplicate config target for b not allowed',
    )
  })

  it('are in the swarm', async () => {
    const engine = await fakeEngine({ 'GET /secrets': objects('abc') })
    await expect(withIds(contextOf(engine), 'secret', [inFile('ab')])).rejects.toThrow('secret not found: ab')
  })
})
