import { describe, expect, it } from 'vitest'
import { toNetworks, toTaskNetworks } from '../../../../src/commands/stack/_convert/networks.ts'
import type { NetworkConfig, Service } from '../../../../src/compose/types.ts'

const label = { 'com.docker.stack.namespace': 'foo' }
const plain = {
  Driver: 'overlay',
  Scope: '',
  IPAM: null,
  Internal: false,
  Attachable: false,
  Ingress: false,
  ConfigOnly: false,
  ConfigFrom: null,
  Options: null,
  Labels: label,
}

describe('the networks of a stack', () => {
  const using = (...names: string[]): Service => ({
    name: 's',
    networks: Object.fromEntries(names.map((name) => [name, null])),
  })

  it('are those that services use, each once', () => {
    const networks: Record<string, NetworkConfig> = {
      normal: {
        driver: 'weave',
        driver_opts: { opt: 'value' },
        ipam: { driver: 'driver', config: [{ subnet: '10.0.0.0/32' }, { subnet: 'none' }, null] },
        labels: { something: 'labeled' },
      },
      outside: { external: { external: true }, name: 'special' },
      attachablenet: { attachable: true, internal: true },
      named: { name: 'othername' },
      again: { name: 'othername' },
      unused: {},
    }
    const services = [using('normal', 'outside', 'attachablenet'), { name: 'd' }, using('named', 'normal', 'again')]
    const { create, external } = toNetworks('foo', networks, services)
    expect(external).toEqual(['special'])
    expect(create).toEqual([
      {
        ...plain,
        Name: 'foo_normal',
        Driver: 'weave',
        IPAM: { Driver: 'driver', Options: null, Config: [{ Subnet: '10.0.0.0/32' }, {}, {}] },
        Options: { opt: 'value' },
        Labels: { ...label, something: 'labeled' },
      },
      { ...plain, Name: 'foo_attachablenet', Attachable: true, Internal: true },
      { ...plain, Name: 'foo_default' },
      { ...plain, Name: 'othername' },
    ])
  })
})

describe('the networks that a service is attached to', () => {
  const attached = (networks: Record<string, NetworkConfig>, used?: Service['networks']) =>
    toTaskNetworks('foo', networks, { name: 'service', ...(used && { networks: used }) })

  it('are the default one where it names none', () => {
    expect(attached({})).toEqual([{ Target: 'foo_default', Aliases: ['service'] }])
    expect(attached({ default: { external: { external: true }, name: 'custom' } }, {})).toEqual([
      { Target: 'custom', Aliases: ['service'] },
    ])
  })

  it('are sorted, and know the service by its name', () => {
    const networks = { front: { external: { external: true }, name: 'fronttier' }, back: {} }
    const used = { front: { aliases: ['something'], driver_opts: { opt: 'v' } }, back: null }
    expect(attached(networks, used)).toEqual([
      { Target: 'foo_back', Aliases: ['service'] },
      { Target: 'fronttier', Aliases: ['something', 'service'], DriverOpts: { opt: 'v' } },
    ])
    expect(used.front.aliases).toEqual(['something'])
  })

  it('give no alias on a network of each daemon’s own', () => {
    expect(attached({ h: { external: { external: true }, name: 'host' } }, { h: {} })).toEqual([
      { Target: 'host', Aliases: [] },
    ])
  })

  it('are those of the stack', () => {
    expect(() => attached({}, { valueOf: {} })).toThrow('undefined network "valueOf"')
  })
})
