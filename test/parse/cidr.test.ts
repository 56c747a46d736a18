import { describe, expect, it } from 'vitest'
import { canonicalPrefix, contains, networkOf, parseCidr } from '../../src/parse/cidr.ts'
import { parseIp } from '../../src/parse/ip.ts'

describe('address blocks', () => {
  it.each([
    ['10.0.0.7/24', '10.0.0.0/24'],
    ['10.0.0.128/25', '10.0.0.128/25'],
    ['fd00::1/64', 'fd00::/64'],
    ['1.2.3.4/0', '0.0.0.0/0'],
    ['1.2.3.4/32', '1.2.3.4/32'],
  ])('%s lies in %s', (text, network) => {
    expect(networkOf(parseCidr(text))).toBe(network)
  })

  it.each(['bogus', '10.0.0.0', '10.0.0.0/33', '10.0.0.0/x', '/24', 'fe80::1%eth0/64'])('refuses %s', (text) => {
    expect(() => parseCidr(text)).toThrow(new Error(`invalid CIDR address: ${text}`))
  })

  it.each([
    ['bogus', 'netip.ParsePrefix("bogus"): no \'/\''],
    ['10.0.0.0/33', 'netip.ParsePrefix("10.0.0.0/33"): prefix length out of range'],
    ['10.0.0.0/08', 'netip.ParsePrefix("10.0.0.0/08"): bad bits after slash: "08"'],
    ['x/8', 'netip.ParsePrefix("x/8"): ParseAddr("x"): unable to parse IP'],
  ])('refuses the prefix %s', (text, message) => {
    expect(() => canonicalPrefix(text)).toThrow(new Error(message))
  })

  it('knows what a block holds', () => {
    const block = parseCidr('10.0.0.0/25')
    expect(contains(block, parseIp('10.0.0.127').bytes)).toBe(true)
    expect(contains(block, parseIp('10.0.0.128').bytes)).toBe(false)
    expect(contains(block, parseIp('fd00::1').bytes)).toBe(false)
  })
})
