import { describe, expect, it } from 'vitest'
import { allBindings, bindingsOf } from '../../../src/commands/container/port.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const ports = {
  '80/tcp': [
    { HostIp: '0.0.0.0', HostPort: '8080' },
    { HostIp: '::', HostPort: '8080' },
  ],
  '53/udp': [{ HostIp: '', HostPort: '53' }],
  '9000/tcp': null,
}

describe('docker port', () => {
  it('lists all in natural order', async () => {
    const engine = await fakeEngine({ 'GET /containers/web/json': { json: { NetworkSettings: { Ports: ports } } } })
    const { stdout } = await run(['port', 'web'], { engine })
    expect(stdout).toBe('53/udp -> invalid IP:53\n80/tcp -> 0.0.0.0:8080\n80/tcp -> [::]:8080\n')
  })

  it('prints nothing where nothing is published', async () => {
    const engine = await fakeEngine({ 'GET /containers/web/json': { json: { NetworkSettings: { Ports: null } } } })
    expect(await run(['port', 'web'], { engine })).toEqual({ stdout: '', stderr: '', exitCode: 0 })
  })
})

describe('bindingsOf', () => {
  it.each(['80', '80/tcp', '80/TCP', '080'])('finds %s', (port) => {
    expect(bindingsOf(ports, port, 'web')).toEqual(['0.0.0.0:8080', '[::]:8080'])
  })
  it.each([
    ['53', "no public port '53' published for web"],
    ['9000/tcp', "no public port '9000/tcp' published for web"],
    ['abc', "invalid port 'abc': invalid syntax"],
    ['65536', "invalid port '65536': value out of range"],
    ['/udp', "invalid port '': value is empty"],
  ])('refuses %s', (port, message) => {
    expect(() => bindingsOf(ports, port, 'web')).toThrow(message)
  })
})

it('allBindings leaves out ports without a binding', () => {
  expect(allBindings({ '1/tcp': null, '2/tcp': [] })).toEqual([])
})
