import { describe, expect, it } from 'vitest'
import spec, { toRequest } from '../../../src/commands/network/create.ts'
import { parseFlags } from '../../../src/cli/grammar.ts'

const config = (...argv: string[]) => toRequest('n', parseFlags(argv, spec.flags!).options).IPAM?.Config

describe('network create', () => {
  it('sends the defaults and no switch that was not set', () => {
    expect(toRequest('n', {})).toEqual({
      Name: 'n',
      Driver: 'bridge',
      Scope: '',
      IPAM: { Driver: 'default', Options: {}, Config: [] },
      Internal: false,
      Attachable: false,
      Ingress: false,
      ConfigOnly: false,
      ConfigFrom: null,
      Options: {},
      Labels: {},
    })
    expect(toRequest('n', { ipv6: false })).toMatchObject({ EnableIPv6: false })
  })

  it('sorts addresses to their subnets', () => {
    const argv = '--subnet 10.0.0.0/24,10.1.0.0/24 --gateway 10.1.0.1 --ip-range 10.0.0.130/25 --aux-address a=10.1.0.5'
    expect(config(...argv.split(' '))).toEqual([
      { Subnet: '10.0.0.0/24', IPRange: '10.0.0.128/25' },
      { Subnet: '10.1.0.0/24', Gateway: '10.1.0.1', AuxiliaryAddresses: { a: '10.1.0.5' } },
    ])
  })

  it.each([
    ['--gateway 10.0.0.1', 'every ip-range or gateway must have a corresponding subnet'],
    ['--subnet 10.0.0.0/8 --subnet 10.1.0.0/16', 'multiple overlapping subnet configuration is not supported'],
    ['--subnet 10.0.0.0/24 --gateway 10.9.0.1', 'no matching subnet for gateway 10.9.0.1'],
    ['--subnet 10.0.0.0/24 --ip-range 10.9.0.0/25', 'no matching subnet for range 10.9.0.0/25'],
    ['--aux-address a=10.0.0.5', 'no matching subnet for aux-address 10.0.0.5'],
    ['--subnet bogus', 'netip.ParsePrefix("bogus"): no \'/\''],
    [
      '--subnet 10.0.0.0/24 --subnet 10.1.0.0/24 --gateway 10.0.0.1,10.0.0.2',
      'cannot configure multiple gateways (10.0.0.2, 10.0.0.1) for the same subnet (10.0.0.0/24)',
    ],
  ])('refuses %s', (line, message) => {
    expect(() => config(...line.split(' '))).toThrow(new Error(message))
  })
})
