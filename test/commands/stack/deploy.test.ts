import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine, type FakeEngine, type Stub } from '../../fake-engine.ts'
import { programs } from '../../config/context.ts'
import { run, temporaryFolder, type World } from '../../harness.ts'

const manager: Stub = { json: { Swarm: { ControlAvailable: true } } }
const missing: Stub = { status: 404, error: 'not found' }
const created: Stub = { status: 201, json: { ID: 'new-id', Warnings: ['not shown'] } }
const network: Stub = { status: 201, json: { Id: 'n1', Warning: '' } }
const digest = `sha256:${'c'.repeat(64)}`
const found: Stub = { json: { Descriptor: { mediaType: '', digest, size: 1 }, Platforms: null } }

/** A swarm without a stack, and what it answers besides. */
function swarm(stubs: Record<string, Stub> = {}): Promise<FakeEngine> {
  const none: Stub = { json: [] }
  return fakeEngine(stubs, { optional: { 'GET /info': manager, 'GET /networks': none, 'GET /services': none } })
}

/** Deploys the files' `stack.yml` as `st`. */
async function deploy(
  files: Record<string, string>,
  engine: FakeEngine | undefined,
  flags: readonly string[] = ['-d'],
  world: World = {},
) {
  const cwd = temporaryFolder()
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(cwd, name), text)
  const argv = ['stack', 'deploy', ...flags, '-c', path.join(cwd, 'stack.yml'), 'st']
  return run(argv, { cwd, ...(engine && { engine }), ...world })
}

const one = { 'stack.yml': 'version: "3.8"\nservices:\n  web:\n    image: nginx:1\n' }

describe('docker stack deploy', () => {
  it('makes networks, secrets and configs, then the services, by the names that the files give them', async () => {
    const objects = (kind: string): Stub => ({
      json: ['named', 'st_two'].map((name) => ({ ID: `${kind}-${name}`, Spec: { Name: name } })),
    })
    const file = `
version: "3.5"
services:
  web:
    image: nginx:1
    networks: [one, two]
    volumes: ["one:/one", "two:/two"]
    secrets: [one, two]
    configs: [one, two]
networks: { one: { name: named }, two: }
volumes: { one: { name: named }, two: }
secrets: { one: { name: named, file: ./data }, two: { file: ./data } }
configs: { one: { name: named, file: ./data }, two: { file: ./data } }
`
    const engine = await swarm({
      'POST /networks/create': network,
      ...Object.fromEntries(
        ['secrets', 'configs'].flatMap((kind) => [
          [`GET /${kind}/named`, missing],
          [`GET /${kind}/st_two`, missing],
          [`POST /${kind}/create`, created],
          [`GET /${kind}`, objects(kind)],
        ]),
      ),
      'GET /distribution/nginx:1/json': found,
      'POST /services/create': created,
    })
    const { stdout, stderr, exitCode } = await deploy({ 'stack.yml': file, data: 'some text' }, engine)
    expect([stderr, exitCode]).toEqual(['', 0])
    expect(stdout.split('\n')).toEqual([
      'Creating network named',
      'Creating network st_two',
      'Creating secret named',
      'Creating secret st_two',
      'Creating config named',
      'Creating config st_two',
      'Creating service st_web',
      '',
    ])
    expect(engine.requests.find(({ path: at }) => at === '/secrets/create')?.json).toEqual({
      Name: 'named',
      Labels: { 'com.docker.stack.namespace': 'st' },
      Data: Buffer.from('some text').toString('base64'),
    })
    const Labels = { 'com.docker.stack.namespace': 'st' }
    const file_ = (name: string) => ({ File: { Name: name, UID: '0', GID: '0', Mode: 0o444 } })
    expect(engine.requests.at(-1)?.json).toMatchObject({
      Name: 'st_web',
      TaskTemplate: {
        ContainerSpec: {
          Image: `nginx:1@${digest}`,
          Mounts: [
            { Source: 'named', Target: '/one', VolumeOptions: { Labels } },
            { Source: 'st_two', Target: '/two', VolumeOptions: { Labels } },
          ],
          Secrets: [
            { ...file_('one'), SecretID: 'secrets-named', SecretName: 'named' },
            { ...file_('two'), SecretID: 'secrets-st_two', SecretName: 'st_two' },
          ],
          Configs: [
            { ...file_('one'), ConfigID: 'configs-named', ConfigName: 'named' },
            { ...file_('two'), ConfigID: 'configs-st_two', ConfigName: 'st_two' },
          ],
        },
        Networks: [
          { Target: 'named', Aliases: ['web'] },
          { Target: 'st_two', Aliases: ['web'] },
        ],
      },
    })
  })

  it('sends what the reference sends, to the byte', async () => {
    const engine = await swarm({ 'POST /networks/create': network, 'POST /services/create': created })
    await deploy(one, engine, ['-d', '--resolve-image', 'never'])
    expect(engine.calls).toEqual([
      'GET /info',
      'GET /networks',
      'POST /networks/create',
      'GET /services',
      'POST /services/create',
    ])
    const label = '"com.docker.stack.namespace":"st"'
    expect(engine.requests[2]?.body.toString().trim()).toBe(
      '{"Name":"st_default","Driver":"overlay","Scope":"","IPAM":null,"Internal":false,"Attachable":false,"Ingress":false,' +
        `"ConfigOnly":false,"ConfigFrom":null,"Options":null,"Labels":{${label}}}`,
    )
    expect(engine.requests[4]?.body.toString().trim()).toBe(
      `{"Name":"st_web","Labels":{"com.docker.stack.image":"nginx:1",${label}},"TaskTemplate":{"ContainerSpec":{` +
        `"Image":"nginx:1","Labels":{${label}},"Privileges":{"CredentialSpec":null,"SELinuxContext":null,"NoNewPrivileges":false}},` +
        '"Resources":{},"Placement":{},"Networks":[{"Target":"st_default","Aliases":["web"]}],"ForceUpdate":0},' +
        '"Mode":{"Replicated":{}},"EndpointSpec":{}}',
    )
  })

  it('tells that it does not wait, where nobody said so', async () => {
    const world = () => swarm({ 'POST /networks/create': network, 'POST /services/create': created })
    const never = ['--resolve-image', 'never']
    const said =
      'Since --detach=false was not specified, tasks will be created in the background.\n' +
      'In a future release, --detach=false will become the default.\n'
    expect((await deploy(one, await world(), never)).stderr).toBe(said)
    expect((await deploy(one, await world(), [...never, '--detach=true'])).stderr).toBe('')
  })

  it('leaves networks alone that are there, and brings secrets and configs up to date', async () => {
    const file = `
version: "3.5"
services: { web: { image: nginx:1 } }
secrets: { s: { file: data, labels: { a: b } } }
configs: { c: { file: data } }
`
    const engine = await swarm({
      'GET /networks': { json: [{ Name: 'st_default', Id: 'n1' }] },
      'GET /secrets/st_s': { json: { ID: 'sid', Version: { Index: 7 } } },
      'POST /secrets/sid/update': {},
      'GET /configs/st_c': { json: { ID: 'cid', Version: { Index: 8 } } },
      'POST /configs/cid/update': { status: 400, error: 'only updates to Labels are allowed' },
    })
    const outcome = await deploy({ 'stack.yml': file, data: 'text' }, engine)
    expect(outcome).toEqual({
      stdout: '',
      stderr: 'failed to update config st_c: Error response from daemon: only updates to Labels are allowed\n',
      exitCode: 1,
    })
    const update = engine.requests.find(({ path: at }) => at === '/secrets/sid/update')
    expect(update?.query).toEqual({ version: '7' })
    expect(update?.json).toMatchObject({ Name: 'st_s', Labels: { a: 'b', 'com.docker.stack.namespace': 'st' } })
  })

  it('removes the services that the files do not name any more', async () => {
    const service = (ID: string, Name: string) => ({ ID, Spec: { Name }, Version: { Index: 3 } })
    const engine = await swarm({
      'GET /services': { json: [service('old', 'st_old'), service('older', 'st_elder'), service('kept', 'st_web')] },
      'DELETE /services/older': { error: 'no' },
      'DELETE /services/old': {},
      'POST /networks/create': network,
      'POST /services/kept/update': { json: { Warnings: null } },
    })
    const { stdout, stderr, exitCode } = await deploy(one, engine, ['-d', '--prune', '--resolve-image', 'never'])
    expect(stdout.split('\n').slice(0, 3)).toEqual([
      'Removing service st_elder',
      'Removing service st_old',
      'Creating network st_default',
    ])
    expect([stderr, exitCode]).toEqual(['Failed to remove service older: Error response from daemon: no\n', 0])
  })

  it('goes on where it cannot tell which services there are to remove', async () => {
    const engine = await swarm({
      'GET /services': [{ error: 'no' }, { json: [] }],
      'POST /networks/create': network,
      'POST /services/create': created,
    })
    const { stderr, exitCode } = await deploy(one, engine, ['-d', '--prune', '--resolve-image', 'never'])
    expect([stderr, exitCode]).toEqual(['Failed to list services: Error response from daemon: no\n', 0])
  })

  it('asks nothing of a daemon that manages no swarm', async () => {
    const engine = await swarm({ 'GET /info': { json: { Swarm: { LocalNodeState: 'inactive' } } } })
    const { stderr, exitCode } = await deploy(one, engine)
    expect(stderr).toBe(
      'this node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again\n',
    )
    expect(exitCode).toBe(1)
    expect(engine.calls).toEqual(['GET /info'])
  })

  it.each<[Stub | undefined, string]>([
    [
      missing,
      'network "out" is declared as external, but could not be found. You need to create a swarm-scoped network before the stack is deployed',
    ],
    [{ error: 'unexpected' }, 'Error response from daemon: unexpected'],
    [
      { json: { Name: 'out', Scope: 'local' } },
      'network "out" is declared as external, but it is not in the right scope: "local" instead of "swarm"',
    ],
    [{ json: { Name: 'out', Scope: 'swarm' } }, 'failed to create service st_web: Error response from daemon: enough'],
  ])('looks at networks that are not its own: %j', async (stub, message) => {
    const file = `
version: "3.5"
services: { web: { image: nginx:1, networks: [out, host] } }
networks: { out: { external: true }, host: { external: true } }
`
    const isThere = message.includes('enough')
    const engine = await swarm({
      'GET /networks/out': stub!,
      ...(isThere && { 'POST /services/create': { error: 'enough' } }),
    })
    const { stderr, exitCode } = await deploy({ 'stack.yml': file }, engine, ['-d', '--resolve-image', 'never'])
    expect([stderr, exitCode]).toEqual([`${message}\n`, 1])
  })

  it.each([
    ['networks/create', 'failed to create network st_default'],
    ['secrets/create', 'failed to create secret st_s'],
    ['configs/create', 'failed to create config st_c'],
  ])('says what could not be made: %s', async (refused, message) => {
    const order = ['networks/create', 'secrets/create', 'configs/create']
    const made = order.slice(0, order.indexOf(refused) + 1)
    const file = `
version: "3.5"
services: { web: { image: nginx:1 } }
secrets: { s: { file: data } }
configs: { c: { file: data } }
`
    const engine = await swarm({
      ...(made.length > 1 && { 'GET /secrets/st_s': missing }),
      ...(made.length > 2 && { 'GET /configs/st_c': missing }),
      ...Object.fromEntries(made.map((at) => [`POST /${at}`, at === refused ? { error: 'no' } : created])),
      ...(made.length > 1 && { 'POST /networks/create': network }),
    })
    const { stderr, exitCode } = await deploy({ 'stack.yml': file, data: 'text' }, engine)
    expect([stderr, exitCode]).toEqual([`${message}: Error response from daemon: no\n`, 1])
  })

  it('names the service whose secret is not there, and the file that is not', async () => {
    const file = (secret: string) =>
      `version: "3.5"\nservices: { web: { image: x, secrets: [s] } }\nsecrets: { s: { ${secret} } }\n`
    const engine = await swarm({ 'POST /networks/create': network, 'GET /secrets': { json: [] } })
    const { stderr } = await deploy({ 'stack.yml': file('external: true, name: outer') }, engine)
    expect(stderr).toBe('service web: secret not found: outer\n')
    const other = await swarm({ 'POST /networks/create': network })
    const { stderr: said, exitCode } = await deploy({ 'stack.yml': file('file: ./gone') }, other)
    expect(said).toMatch(/^open \/.*\/gone: no such file or directory\n$/)
    expect(exitCode).toBe(1)
  })
})

describe('the image of a service that is deployed again', () => {
  const deployed = {
    ID: 'sid',
    Version: { Index: 12 },
    Spec: {
      Name: 'st_web',
      Labels: { 'com.docker.stack.image': 'nginx:1' },
      TaskTemplate: { ContainerSpec: { Image: 'nginx:1@sha256:dead' }, ForceUpdate: 123 },
    },
  }

  it.each([
    ['changed', 'nginx:1', 'nginx:1@sha256:dead', false],
    ['changed', 'nginx:2', `nginx:2@${digest}`, true],
    ['always', 'nginx:1', `nginx:1@${digest}`, true],
    ['never', 'nginx:1', 'nginx:1@sha256:dead', false],
    ['never', 'nginx', 'nginx:latest', false],
  ])('with --resolve-image %s and %s is %s', async (when, image, sent, asked) => {
    const engine = await swarm({
      'GET /services': { json: [deployed] },
      'POST /networks/create': network,
      'POST /services/sid/update': { json: { Warnings: ['mind the step'] } },
      ...(asked && { [`GET /distribution/${image}/json`]: found }),
    })
    const file = { 'stack.yml': `version: "3"\nservices: { web: { image: "${image}" } }\n` }
    const { stdout, stderr } = await deploy(file, engine, ['-d', '--resolve-image', when])
    expect(stdout).toBe('Creating network st_default\nUpdating service st_web (id: sid)\n')
    expect(stderr).toBe('mind the step\n')
    const { query, json } = engine.requests.at(-1)!
    expect(query).toEqual({ version: '12' })
    expect(json).toMatchObject({
      Labels: { 'com.docker.stack.image': image },
      TaskTemplate: { ContainerSpec: { Image: sent }, ForceUpdate: 123 },
    })
  })

  it('is used without a digest where the registry does not answer; only an update tells', async () => {
    const warned = async (services: unknown[], stubs: Record<string, Stub>) => {
      const engine = await swarm({
        'GET /services': { json: services },
        'POST /networks/create': network,
        'GET /distribution/nginx:1/json': { error: 'no' },
        ...stubs,
      })
      return (await deploy(one, engine)).stderr
    }
    expect(await warned([], { 'POST /services/create': created })).toBe('')
    expect(await warned([deployed], { 'POST /services/sid/update': { json: {} } })).toContain(
      'image nginx:1 could not be accessed on a registry to record\n',
    )
  })

  it('is one of "always", "changed" and "never"', async () => {
    const { stderr, exitCode } = await deploy(one, undefined, ['-d', '--resolve-image', 'bogus'])
    expect([stderr, exitCode]).toEqual(['invalid option bogus for flag --resolve-image\n', 1])
  })
})

describe('the credentials of a stack’s registries', () => {
  it('go to the registry’s daemon and to the nodes, where they are asked for', async () => {
    const auths = { 'reg.example': { username: 'me', password: 'secret' } }
    const engine = await swarm({
      'POST /networks/create': network,
      'GET /distribution/reg.example/app:1/json': found,
      'POST /services/create': created,
    })
    const file = { 'stack.yml': 'version: "3"\nservices: { web: { image: "reg.example/app:1" } }\n' }
    await deploy(file, engine, ['-d', '--with-registry-auth'], { config: { auths } })
    const sent = engine.requests.slice(-2).map(({ headers }) => headers['x-registry-auth'] ?? '')
    expect(sent.map((text) => JSON.parse(Buffer.from(text, 'base64').toString()) as unknown)).toEqual(
      Array(2).fill({ username: 'me', password: 'secret' }),
    )
    await deploy(file, engine, ['-d'], { config: { auths } })
    expect(engine.requests.at(-1)?.headers).not.toHaveProperty('x-registry-auth')
  })

  it('are got from the credential helper once for all images of a registry', async () => {
    const asked = path.join(temporaryFolder(), 'asked')
    const helper = `#!/bin/sh
read -r server; echo "$server" >>'${asked}'
echo '{"Username":"me","Secret":"secret"}'
`
    const bin = programs({ 'docker-credential-x': helper })
    const engine = await swarm({ 'POST /networks/create': network, 'POST /services/create': created })
    const image = (registry: string, name: string): string => `{ image: "${registry}.example/${name}:1" }`
    const services = `{ a: ${image('one', 'a')}, b: ${image('one', 'b')}, c: ${image('two', 'c')} }`
    const flags = ['-d', '--with-registry-auth', '--resolve-image', 'never']
    const world = { config: { credsStore: 'x' }, env: { PATH: `${bin}:${process.env.PATH}` } }
    await deploy({ 'stack.yml': `version: "3"\nservices: ${services}\n` }, engine, flags, world)
    expect(fs.readFileSync(asked, 'utf8').trim().split('\n')).toEqual(['one.example', 'two.example'])
    const sent = engine.requests.slice(-3).map(({ headers }) => headers['x-registry-auth'])
    expect([sent[1] === sent[0], sent[2] === sent[0], sent.includes(undefined)]).toEqual([true, false, false])
  })
})

describe('docker stack deploy --detach=false', () => {
  const two = { 'stack.yml': 'version: "3"\nservices: { a: { image: x }, b: { image: x } }\n' }
  const service = (ID: string, more = {}) => ({
    json: { ID, Spec: { Name: ID, Mode: { Replicated: { Replicas: 1 } }, UpdateConfig: { Monitor: 1 }, ...more } },
  })
  const waiting: Record<string, Stub> = {
    'POST /networks/create': network,
    'POST /services/create': [{ json: { ID: 'ida' } }, { json: { ID: 'idb' } }],
    'GET /tasks': { json: [{ ID: 't', Slot: 1, NodeID: 'n', DesiredState: 'running', Status: { State: 'running' } }] },
    'GET /nodes': { json: [{ ID: 'n', Status: { State: 'ready' } }] },
  }

  it('waits for one service after the other', async () => {
    const engine = await swarm({
      ...waiting,
      'GET /services/ida': service('ida'),
      'GET /services/idb': service('idb'),
    })
    const { stdout, stderr, exitCode } = await deploy(two, engine, ['--detach=false', '--resolve-image', 'never'])
    expect(stdout).toContain('verify: Service ida converged')
    expect(stdout).toContain('verify: Service idb converged')
    expect([stderr, exitCode]).toEqual(['', 0])
  })

  it('names each service that does not come up, and says nothing else with --quiet', async () => {
    const paused = service('ida')
    Object.assign(paused.json, { UpdateStatus: { State: 'paused', Message: 'no luck' } })
    const stubs = { ...waiting, 'GET /services/ida': paused, 'GET /services/idb': service('idb') }
    const flags = ['--detach=false', '-q', '--resolve-image', 'never']
    const { stdout, stderr, exitCode } = await deploy(two, await swarm(stubs), flags)
    expect(stdout).toBe('Creating network st_default\nCreating service st_a\nCreating service st_b\n')
    expect([stderr, exitCode]).toEqual(['ida: service update paused: no luck\n', 1])
  })
})
