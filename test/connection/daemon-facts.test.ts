import { expect, it } from 'vitest'
import { connectUnix } from '../../src/connection/connect-unix.ts'
import { daemonFacts } from '../../src/connection/daemon-facts.ts'
import { Engine } from '../../src/engine/engine.ts'
import { http1Transport } from '../../src/engine/http1.ts'
import { fakeEngine } from '../fake-engine.ts'

const { signal } = new AbortController()

it('gives what the daemon says of itself', async () => {
  const fake = await fakeEngine(
    {},
    { apiVersion: '1.44', osType: 'windows', experimental: true, swarm: 'active/manager' },
  )
  expect(await daemonFacts({ engine: () => Promise.resolve(fake.engine()), signal })).toEqual({
    apiVersion: '1.44',
    osType: 'windows',
    experimental: true,
    swarm: { nodeState: 'active', controlAvailable: true },
  })
})

it('takes a daemon that does not answer for one that has everything', async () => {
  const transport = http1Transport({ connect: connectUnix('/nowhere/docker.sock') })
  const engine = () => Promise.resolve(new Engine({ transport }))
  expect(await daemonFacts({ engine, signal })).toEqual({ apiVersion: '1.55', osType: '', experimental: true })
})

it('knows nothing of a daemon that cannot be named', async () => {
  const engine = () => Promise.reject(new Error('no such context'))
  expect(await daemonFacts({ engine, signal })).toEqual({ apiVersion: '1.55', osType: '', experimental: false })
})
