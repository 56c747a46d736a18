import { describe, expect, it } from 'vitest'
import { isUserDefinedNetwork, parseNetwork } from '../../src/parse/network.ts'

describe('parseNetwork', () => {
  it.each<[string, unknown]>([
    ['bridge', { target: 'bridge' }],
    ['host', { target: 'host' }],
    ['net1', { target: 'net1' }],
    ['container:web', { target: 'container:web' }],
    ['', { target: '' }],
    ['name=net', { target: 'net' }],
    ['name=net,alias=a,alias=b', { aliases: ['a', 'b'], target: 'net' }],
    ['name=net,ip=10.0.0.5', { ipv4Address: '10.0.0.5', target: 'net' }],
    ['name=net,ip6=2001:DB8::1', { ipv6Address: '2001:db8::1', target: 'net' }],
    ['name=Net,Alias=WEB', { aliases: ['web'], target: 'net' }],
    ['name=net,mac-address=92:D0:c6:0a:29:33', { macAddress: '92:d0:c6:0a:29:33', target: 'net' }],
    [
      'name=net,link-local-ip=169.254.1.1,link-local-ip=fe80::1',
      { linkLocalIps: ['169.254.1.1', 'fe80::1'], target: 'net' },
    ],
    ['name=net,driver-opt=a=b,driver-opt=c=d', { driverOpts: { a: 'b', c: 'd' }, target: 'net' }],
    ['name=net,"driver-opt=a=b,c"', { driverOpts: { a: 'b,c' }, target: 'net' }],
    ['name=net,gw-priority=10', { gwPriority: 10, target: 'net' }],
    ['name=net,gw-priority=-5', { gwPriority: -5, target: 'net' }],
    ['name= net , alias = web ', { target: 'name= net , alias = web ' }],
    ['name="net', { target: 'name="net' }],
    ['=x', { target: '=x' }],
    ['x=', { target: 'x=' }],
    [' name=net', { target: 'net' }],
    ['name=net,ip=::1', { ipv4Address: '::1', target: 'net' }],
  ])('reads %j', (text, value) => {
    expect(parseNetwork(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['name=net,driver-opt=a', 'invalid key value pair format in driver options'],
    ['name=net,driver-opt==b', 'invalid key value pair format in driver options'],
    ['name=net,gw-priority=x', 'invalid gw-priority (x): invalid syntax'],
    ['alias=a', 'network name/id is not specified'],
    ['name=,alias=a', 'network name/id is not specified'],
    ['name=net,bogus=1', 'invalid field key bogus'],
    ['name=net,bogus', 'invalid field bogus'],
    ['name=net,ip=bogus', 'ParseAddr("bogus"): unable to parse IP'],
    ['name=net,ip6=1.2.3', 'ParseAddr("1.2.3"): IPv4 address too short'],
    ['name=net,link-local-ip=x', 'ParseAddr("x"): unable to parse IP'],
    ['name=net,', 'invalid field '],
    ['name=net,=x', 'invalid field =x'],
    ['a=b', 'invalid field key a'],
    ['"name=net', 'parse error on line 1, column 10: extraneous or missing " in quoted-field'],
    ['name=net,gw-priority=99999999999999999999', 'invalid gw-priority (99999999999999999999): value out of range'],
  ])('refuses %j', (text, message) => {
    expect(() => parseNetwork(text)).toThrow(new Error(message))
  })
})

it('tells networks that someone made from built-in modes', () => {
  const modes = ['default', 'bridge', 'host', 'none', 'container:web', 'web', 'container']
  expect(modes.filter(isUserDefinedNetwork)).toEqual(['web', 'container'])
})
