import { describe, expect, it } from 'vitest'
import { canonicalIp, formatIp, parseIp, parseIpFlag } from '../../src/parse/ip.ts'

describe('parseIp and formatIp', () => {
  it.each<[string, unknown]>([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:db8::1', '2001:db8::1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['::ffff:1.2.3.4', '::ffff:1.2.3.4'],
    ['::1.2.3.4', '::102:304'],
    ['1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['1:2:3:4:5:6:1.2.3.4', '1:2:3:4:5:6:102:304'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['0:0:1:0:0:0:0:0', '0:0:1::'],
    ['1:0:2:0:3:0:4:0', '1:0:2:0:3:0:4:0'],
    ['::ffff:1.2.3.4%z', '::ffff:1.2.3.4%z'],
  ])('reads %j', (text, value) => {
    expect(formatIp(parseIp(text))).toEqual(value)
  })
  it.each<[string, string]>([
    ['256.1.1.1', 'ParseAddr("256.1.1.1"): IPv4 field has value >255'],
    ['1.2.3', 'ParseAddr("1.2.3"): IPv4 address too short'],
    ['1.2.3.4.5', 'ParseAddr("1.2.3.4.5"): IPv4 address too long'],
    ['01.2.3.4', 'ParseAddr("01.2.3.4"): IPv4 field has octet with leading zero'],
    ['1.2.3.04', 'ParseAddr("1.2.3.04"): IPv4 field has octet with leading zero'],
    ['1..2.3', 'ParseAddr("1..2.3"): IPv4 field must have at least one digit (at ".2.3")'],
    ['.1.2.3', 'ParseAddr(".1.2.3"): IPv4 field must have at least one digit (at ".1.2.3")'],
    ['1.2.3.', 'ParseAddr("1.2.3."): IPv4 field must have at least one digit (at ".")'],
    ['1.2.3.x', 'ParseAddr("1.2.3.x"): unexpected character (at "x")'],
    ['', 'ParseAddr(""): unable to parse IP'],
    ['localhost', 'ParseAddr("localhost"): unable to parse IP'],
    ['%eth0', 'ParseAddr("%eth0"): missing IPv6 address'],
    ['fe80::1%', 'ParseAddr("fe80::1%"): zone must be a non-empty string'],
    ['1:2:3:4:5:6:7', 'ParseAddr("1:2:3:4:5:6:7"): address string too short'],
    ['1:2:3:4:5:6:7:8:9', 'ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")'],
    ['1::2::3', 'ParseAddr("1::2::3"): multiple :: in address (at ":3")'],
    ['::1:2:3:4:5:6:7:8', 'ParseAddr("::1:2:3:4:5:6:7:8"): the :: must expand to at least one field of zeros'],
    ['12345::', 'ParseAddr("12345::"): each group must have 4 or less digits (at "12345::")'],
    ['g::1', 'ParseAddr("g::1"): each colon-separated field must have at least one digit (at "g::1")'],
    ['1:', 'ParseAddr("1:"): colon must be followed by more characters (at ":")'],
    ['::1x', 'ParseAddr("::1x"): unexpected character, want colon (at "x")'],
    [
      '1:2:1.2.3.4',
      'ParseAddr("1:2:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ],
    ['::1.2.3', 'ParseAddr("::1.2.3"): IPv4 address too short'],
    [
      '1:2:3:4:5:6:7:1.2.3.4',
      'ParseAddr("1:2:3:4:5:6:7:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")',
    ],
    ['::1.2.3.256', 'ParseAddr("::1.2.3.256"): IPv4 field has value >255'],
    [':1', 'ParseAddr(":1"): each colon-separated field must have at least one digit (at ":1")'],
    ['1.2.3.4%eth0', 'ParseAddr("1.2.3.4%eth0"): unexpected character (at "%eth0")'],
  ])('refuses %j', (text, message) => {
    expect(() => formatIp(parseIp(text))).toThrow(new Error(message))
  })
})

describe('parseIpFlag', () => {
  it.each<[string, unknown]>([
    ['8.8.8.8', '8.8.8.8'],
    [' 8.8.8.8 ', '8.8.8.8'],
    ['::FFFF:8.8.8.8', '8.8.8.8'],
    ['2001:db8:0:0::1', '2001:db8::1'],
  ])('reads %j', (text, value) => {
    expect(parseIpFlag(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['[::1]', 'IP address is not correctly formatted: [::1]'],
    ['bogus', 'IP address is not correctly formatted: bogus'],
    ['', 'IP address is not correctly formatted: '],
    ['fe80::1%eth0', 'IP address is not correctly formatted: fe80::1%eth0'],
    ['1.2.3', 'IP address is not correctly formatted: 1.2.3'],
  ])('refuses %j', (text, message) => {
    expect(() => parseIpFlag(text)).toThrow(new Error(message))
  })
})

it('gives no canonical form to what has a zone or is no address', () => {
  expect(['fe80::1%eth0', 'x', '::ffff:1.2.3.4'].map(canonicalIp)).toEqual([undefined, undefined, '1.2.3.4'])
})
