import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, type World } from '../../harness.ts'

const named = (ID: string, Name: string) => ({ ID, Spec: { Name } })
const host = (ID: string, Hostname: string) => ({ ID, Description: { Hostname } })

/** What a shell is told for a line; its last word is being typed. */
async function offered(words: string[], more: Partial<World> = {}): Promise<string> {
  const engine = await fakeEngine(
    {},
    {
      optional: {
        'GET /services': { json: [named('s1', 'web'), named('s2', 'api')] },
        'GET /nodes': { json: [host('n1', 'one'), host('n2', 'two')] },
        'GET /configs': { json: [named('c1', 'site')] },
        'GET /secrets': { json: [named('k1', 'token')] },
      },
    },
  )
  return (await run(['__completeNoDesc', ...words], { engine, ...more })).stdout
}

describe('completion of what a swarm has', () => {
  it.each<[string, string]>([
    ['service ps ', 'web\napi\n:4\n'],
    ['service inspect a', 'api\n:4\n'],
    ['service logs web ', ':4\n'],
    ['service rm web ', 'api\n:4\n'],
    ['service rollback w', 'web\n:4\n'],
    ['service scale ', 'web=\napi=\n:6\n'],
    ['service scale web=3 a', 'api=\n:6\n'],
    ['node ps ', 'one\ntwo\nself\n:4\n'],
    ['node update --role ', 'worker\nmanager\n:4\n'],
    ['node update --availability=', 'active\npause\ndrain\n:4\n'],
    ['config inspect ', 'site\n:4\n'],
    ['config rm ', 'site\n:4\n'],
    ['secret inspect t', 'token\n:4\n'],
    ['secret rm ', 'token\n:4\n'],
  ])('%s', async (line, answer) => {
    expect(await offered(line.split(' '))).toBe(answer)
  })

  it('leaves the file of a new config or secret to the shell, its name to the user', async () => {
    expect(await offered(['config', 'create', 'si'])).toBe('si\n:4\n')
    expect(await offered(['config', 'create', 'site', ''])).toBe(':0\n')
    expect(await offered(['service', 'create', '--env-file', ''])).toBe(':0\n')
    expect(await offered(['secret', 'create', '-l', 'a=b', 'token', ''])).toBe(':0\n')
  })

  it('brings IDs where a variable asks for them', async () => {
    const services = { env: { DOCKER_COMPLETION_SHOW_SERVICE_IDS: 'yes' } }
    expect(await offered(['service', 'ps', ''], services)).toBe('web\ns1\napi\ns2\n:4\n')
    expect(await offered(['service', 'scale', 's'], services)).toBe('s1=\ns2=\n:6\n')
    const nodes = { env: { DOCKER_COMPLETION_SHOW_NODE_IDS: 'yes' } }
    expect(await offered(['node', 'ls', ''], nodes)).toBe(':4\n')
    expect(await offered(['node', 'rm', ''], nodes)).toBe('one\nn1\ntwo\nn2\nself\n:4\n')
  })

  it('offers nothing when the daemon does not answer', async () => {
    const engine = await fakeEngine({ 'GET /services': { status: 503, error: 'no swarm' } })
    expect((await run(['__complete', 'service', 'ps', ''], { engine })).stdout).toBe(':1\n')
  })
})

describe('completion of filters', () => {
  it.each<[string, string]>([
    ['service ls -f ', 'id=\nlabel=\nmode=\nname=\n:2\n'],
    ['service ls --filter=m', 'mode=\n:2\n'],
    ['service ls -f mode=', 'mode=replicated\nmode=global\nmode=replicated-job\nmode=global-job\n:4\n'],
    ['service ls --filter name=w', 'name=web\n:4\n'],
    ['service ls --filter=id=', 'id=web\nid=api\n:4\n'],
    ['service ls -f label=', ':4\n'],
    ['service ps -f ', 'desired-state=\nid=\nname=\nnode=\n:2\n'],
    ['service ps -f node=', 'node=one\nnode=two\n:4\n'],
    ['service ps -f name=', ':4\n'],
    ['node ps -f ', 'desired-state=\nid=\nlabel=\nname=\n:2\n'],
    ['node ps -f desired-state=', 'desired-state=running\ndesired-state=shutdown\ndesired-state=accepted\n:4\n'],
    ['node ps -f toString=', ':6\n'],
  ])('%s', async (line, answer) => {
    expect(await offered(line.split(' '))).toBe(answer)
  })
})
