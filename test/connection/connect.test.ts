import { describe, expect, onTestFinished, test } from 'vitest'
import { connect, type ConnectInput } from '../../src/connection/connect.ts'
import { endpointAt } from '../../src/connection/endpoint.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { fakeEngine } from '../fake-engine.ts'

interface Given {
  env?: Record<string, string>
  headers?: Record<string, string>
  platform?: NodeJS.Platform
}

async function engineAt(host: string, { env = {}, headers, platform = 'linux' }: Given = {}): Promise<Engine> {
  const endpoint = endpointAt({ host, source: 'environment', contextName: 'default' })
  const input: ConnectInput = {
    env,
    platform,
    now: () => new Date(),
    endpoint: () => Promise.resolve(endpoint),
    config: () => Promise.resolve({ data: headers === undefined ? {} : { HttpHeaders: headers } }),
  }
  const engine = await connect(input)
  onTestFinished(() => engine.close())
  return engine
}

describe('an engine by its endpoint', () => {
  test('sends who it is and the headers of the configuration', async () => {
    const fake = await fakeEngine({ 'GET /info': { json: { ID: 'x' } } }, { apiVersion: '1.45' })
    const engine = await engineAt(fake.host, { headers: { 'x-team': 'blue', 'user-agent': 'mine' } })
    expect(await engine.system.info()).toMatchObject({ ID: 'x' })
    expect(fake.requests[0]?.version).toBe('1.45')
    expect(fake.requests[0]?.headers).toMatchObject({ 'x-team': 'blue', host: 'api.moby.localhost' })
    expect(fake.requests[0]?.headers['user-agent']).toMatch(/^Docker-Client\/29\.\d+\.\d+ \(linux\)$/)
  })

  test('sends the headers of DOCKER_CUSTOM_HEADERS instead', async () => {
    const fake = await fakeEngine({ 'GET /info': { json: {} } })
    const engine = await engineAt(fake.host, { env: { DOCKER_CUSTOM_HEADERS: 'a=1' }, headers: { b: '2' } })
    await engine.system.info()
    expect(fake.requests[0]?.headers).toMatchObject({ a: '1' })
    expect(fake.requests[0]?.headers).not.toHaveProperty('b')
  })

  test('speaks the version of DOCKER_API_VERSION', async () => {
    const fake = await fakeEngine({ 'GET /info': { json: {} } })
    await (await engineAt(fake.host, { env: { DOCKER_API_VERSION: 'v1.43' } })).system.info()
    expect(fake.requests[0]?.version).toBe('1.43')
  })

  test('tells where the endpoint came from when nothing is there', async () => {
    const engine = await engineAt('unix:///nowhere/docker.sock')
    await expect(engine.system.info()).rejects.toMatchObject({
      code: 'connection/no-socket',
      hint: expect.stringContaining('unix:///nowhere/docker.sock (from DOCKER_HOST)') as string,
    })
  })
})

describe('an engine cannot be made', () => {
  test.each<[string, Given, string]>([
    ['fd://3', {}, 'an inherited file descriptor is for daemons to listen on, not to connect to: fd://3'],
    ['npipe:////./pipe/x', {}, 'protocol not available'],
    [`unix:///${'x'.repeat(108)}`, {}, `unix socket path "/${'x'.repeat(108)}" is too long`],
    ['unix:///x', { env: { DOCKER_API_VERSION: 'x' } }, 'invalid API version (x): must be formatted <major>.<minor>'],
    ['unix:///x', { env: { DOCKER_CUSTOM_HEADERS: 'x' } }, 'missing "=" in key=value pair'],
    ['ssh://', {}, 'ssh host connection is not valid: invalid SSH URL: hostname is empty'],
  ])('from %s (%j)', async (host, given, message) => {
    const made = engineAt(host, given)
    await expect(made).rejects.toThrow(/^Failed to initialize: /)
    await expect(made).rejects.toThrow(message)
  })
})
