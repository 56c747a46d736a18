import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Recorder } from '../harness.ts'
import { describeSource, resolveEndpoint, type EndpointInput } from '../../src/connection/endpoint.ts'

const home = mkdtempSync(join(tmpdir(), 'endpoint-'))
afterAll(() => rmSync(home, { recursive: true }))
const configDir = join(home, '.docker')

function context(name: string, meta: object | string, tls: Record<string, string> = {}): void {
  const id = createHash('sha256').update(name).digest('hex')
  mkdirSync(join(configDir, 'contexts/meta', id), { recursive: true })
  const text = typeof meta === 'string' ? meta : JSON.stringify({ Name: name, ...meta })
  writeFileSync(join(configDir, 'contexts/meta', id, 'meta.json'), text)
  for (const [file, content] of Object.entries(tls)) {
    mkdirSync(join(configDir, 'contexts/tls', id, 'docker'), { recursive: true })
    writeFileSync(join(configDir, 'contexts/tls', id, 'docker', file), content)
  }
}

context('far', { Endpoints: { docker: { Host: 'tcp://far:2376', SkipTLSVerify: false } } }, { 'ca.pem': 'CA' })
context('lax', { Endpoints: { docker: { Host: 'tcp://lax:2376', SkipTLSVerify: true } } })
context('near', { Endpoints: { docker: {} } })
context('other', { Endpoints: { kubernetes: {} } })
context('odd', { Endpoints: { docker: { Host: 'ssh://me@far' } } }, { 'key.pem': 'K', 'odd.txt': 'x' })
context('broken', '{')

interface Given {
  globals?: EndpointInput['globals']
  env?: Record<string, string>
  currentContext?: string
}

function attempt({ globals = {}, env = {}, currentContext }: Given) {
  const data = currentContext === undefined ? {} : { currentContext }
  const err = new Recorder(2)
  const config = () => Promise.resolve({ data })
  const input = { globals, env, home, configDir, platform: 'linux' as const, config, err, now: () => new Date() }
  return { endpoint: resolveEndpoint(input), said: () => err.text }
}

const resolve = (given: Given) => attempt(given).endpoint

describe('the endpoint and where it came from', () => {
  test.each<[string, Given, string, string]>([
    ['nothing', {}, 'unix:///var/run/docker.sock', 'the default'],
    ['-H', { globals: { host: 'far:1' } }, 'tcp://far:1', 'the --host flag'],
    ['-H before DOCKER_HOST', { globals: { host: 'a' }, env: { DOCKER_HOST: 'b' } }, 'tcp://a:2375', 'the --host flag'],
    ['DOCKER_HOST', { env: { DOCKER_HOST: 'unix:///x' } }, 'unix:///x', 'DOCKER_HOST'],
    [
      'DOCKER_HOST before DOCKER_CONTEXT and the configuration',
      { env: { DOCKER_HOST: 'unix:///x', DOCKER_CONTEXT: 'far' }, currentContext: 'lax' },
      'unix:///x',
      'DOCKER_HOST',
    ],
    ['an empty DOCKER_HOST', { env: { DOCKER_HOST: '' }, currentContext: 'far' }, 'tcp://far:2376', 'context "far"'],
    [
      '--context before DOCKER_HOST',
      { globals: { context: 'far' }, env: { DOCKER_HOST: 'unix:///x' } },
      'tcp://far:2376',
      'context "far"',
    ],
    [
      'DOCKER_CONTEXT before the configuration',
      { env: { DOCKER_CONTEXT: 'far' }, currentContext: 'lax' },
      'tcp://far:2376',
      'context "far"',
    ],
    ['currentContext', { currentContext: 'lax' }, 'tcp://lax:2376', 'context "lax"'],
    ['a context without a host', { currentContext: 'near' }, 'unix:///var/run/docker.sock', 'context "near"'],
    [
      '--context default',
      { globals: { context: 'default' }, currentContext: 'far' },
      'unix:///var/run/docker.sock',
      'the default',
    ],
    [
      '--context default with DOCKER_HOST',
      { globals: { context: 'default' }, env: { DOCKER_HOST: 'unix:///x' } },
      'unix:///x',
      'DOCKER_HOST',
    ],
  ])('by %s', async (_case, given, host, source) => {
    const endpoint = await resolve(given)
    expect([endpoint.host, describeSource(endpoint)]).toEqual([host, source])
  })

  test('a context brings its TLS material', async () => {
    expect((await resolve({ currentContext: 'far' })).tls).toEqual({
      skipVerify: false,
      data: { ca: Buffer.from('CA') },
    })
    expect((await resolve({ currentContext: 'lax' })).tls).toEqual({ skipVerify: true, data: {} })
    expect((await resolve({ currentContext: 'near' })).tls).toBeUndefined()
  })

  test('a context brings no other TLS material than its own, and says which files it does not know', async () => {
    const flags = { currentContext: 'near', env: { DOCKER_TLS_VERIFY: '1' }, globals: { tls: true } }
    expect((await resolve(flags)).tls).toBeUndefined()
    const { endpoint, said } = attempt({ currentContext: 'odd' })
    expect(await endpoint).toMatchObject({ host: 'ssh://me@far', tls: { data: { key: Buffer.from('K') } } })
    expect(said()).toContain(' level=warning msg="unknown file in context odd TLS bundle: odd.txt"\n')
  })
})

describe('what makes no sense', () => {
  const prefix = 'Failed to initialize: unable to resolve docker endpoint: '
  const meta = (name: string) =>
    join(configDir, 'contexts/meta', createHash('sha256').update(name).digest('hex'), 'meta.json')

  test.each<[string, Given, string]>([
    [
      '--host with --context',
      { globals: { host: 'a', context: 'far' } },
      'conflicting options: cannot specify both --host and --context',
    ],
    [
      'a protocol unheard of',
      { env: { DOCKER_HOST: 'gopher://x' } },
      `${prefix}invalid bind address format: gopher://x`,
    ],
    [
      'a context that is not there',
      { globals: { context: 'gone' } },
      `${prefix}context "gone": context not found: open ${meta('gone')}: no such file or directory`,
    ],
    ['a context without docker', { currentContext: 'other' }, `${prefix}cannot find docker endpoint in context`],
    [
      'a context that cannot be read',
      { currentContext: 'broken' },
      `${prefix}context "broken": parsing ${meta('broken')}: `,
    ],
  ])('%s', async (_case, given, message) => {
    await expect(resolve(given)).rejects.toThrow(message)
  })
})
