import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const network = (Name: string, more = {}) => ({
  Id: `${Name}456789abcdef0123`,
  Name,
  Driver: 'bridge',
  Scope: 'local',
  Created: '2024-05-06T07:08:09.5Z',
  ...more,
})

describe('docker network', () => {
  it('lists in natural order, IDs cut short', async () => {
    const engine = await fakeEngine({ 'GET /networks': { json: [network('net10'), network('net2')] } })
    expect((await run(['network', 'ls'], { engine })).stdout).toBe(
      'NETWORK ID     NAME      DRIVER    SCOPE\nnet2456789ab   net2      bridge    local\nnet10456789a   net10     bridge    local\n',
    )
  })

  it('shows times as Go prints them', async () => {
    const engine = await fakeEngine({ 'GET /networks': { json: [network('n', { Labels: { b: '2', a: '1' } })] } })
    const { stdout } = await run(['network', 'ls', '--format', '{{.CreatedAt}} {{.Labels}} {{.IPv6}}'], { engine })
    expect(stdout).toBe('2024-05-06 07:08:09.5 +0000 UTC a=1,b=2 false\n')
  })

  it('removes the rest when one is missing, and says which', async () => {
    const engine = await fakeEngine({
      'GET /networks/a': { json: network('a') },
      'DELETE /networks/a': { status: 204 },
      'GET /networks/gone': { status: 404, error: 'network gone not found' },
      'DELETE /networks/gone': { status: 404, error: 'network gone not found' },
    })
    const outcome = await run(['network', 'rm', 'gone', 'a'], { engine })
    expect(outcome).toEqual({
      stdout: 'a\n',
      stderr: 'Error response from daemon: network gone not found\nexit status 1\n',
      exitCode: 1,
    })
    expect(await run(['network', 'rm', '-f', 'gone', 'a'], { engine })).toMatchObject({ stderr: '', exitCode: 0 })
  })

  it('asks before it removes the routing mesh', async () => {
    const engine = await fakeEngine({ 'GET /networks/ingress': { json: network('ingress', { Ingress: true }) } })
    const { stdout, exitCode } = await run(['network', 'rm', 'ingress'], { engine, stdin: 'n\n' })
    expect(stdout).toMatch(/^WARNING! Before removing the routing-mesh network.*\[y\/N\] $/s)
    expect(exitCode).toBe(0)
  })
})
