import { expect, it } from 'vitest'
import { fakeEngine, type Stub } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

/** What a shell is offered for the value of a flag of `service create` or `service update`. */
async function offered(verb: 'create' | 'update', flag: string, stubs: Record<string, Stub> = {}): Promise<string[]> {
  const engine = await fakeEngine(stubs)
  const argv = ['__completeNoDesc', 'service', verb, flag, '']
  const { stdout } = await run(argv, { engine, env: { HOST_VARIABLE: '1' } })
  return stdout.split('\n').slice(0, -2)
}

const secrets = { 'GET /secrets': { json: [{ ID: 's1', Spec: { Name: 'pw' } }] } }
const configs = { 'GET /configs': { json: [{ ID: 'c1', Spec: { Name: 'conf' } }] } }
const networks = { 'GET /networks': { json: [{ Id: 'n1', Name: 'net' }] } }
const images = { 'GET /images/json': { json: [{ Id: 'i1', RepoTags: ['a:1'] }] } }

it.each([
  ['create', '--secret', secrets, ['pw']],
  ['update', '--secret-add', secrets, ['pw']],
  ['update', '--secret-rm', secrets, ['pw']],
  ['create', '--config', configs, ['conf']],
  ['update', '--config-add', configs, ['conf']],
  ['create', '--network', networks, ['net']],
  ['update', '--network-add', networks, ['net']],
  ['update', '--image', images, ['a:1']],
] as const)('%s %s offers what the daemon has', async (verb, flag, stubs, words) => {
  expect(await offered(verb, flag, stubs)).toEqual(words)
})

it.each([
  ['create', '--mode', ['replicated', 'global', 'replicated-job', 'global-job']],
  ['update', '--endpoint-mode', ['vip', 'dnsrr']],
  ['update', '--restart-condition', ['none', 'on-failure', 'any']],
  ['create', '--update-order', ['start-first', 'stop-first']],
  ['create', '--rollback-order', ['start-first', 'stop-first']],
  ['create', '--update-failure-action', ['pause', 'continue', 'rollback']],
  ['update', '--rollback-failure-action', ['pause', 'continue']],
  ['update', '--env-add', ['TZ', 'HOST_VARIABLE']],
] as const)('%s %s offers the words that it takes', async (verb, flag, words) => {
  expect(await offered(verb, flag)).toEqual(words)
})

it.each(['--stop-signal', '--cap-add', '--cap-drop'])('update %s offers something', async (flag) => {
  expect(await offered('update', flag)).not.toEqual([])
})
