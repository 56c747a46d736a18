import { describe, expect, it } from 'vitest'
import { parseMac } from '../../src/parse/mac.ts'

describe('parseMac', () => {
  it.each<[string, unknown]>([
    ['92:d0:c6:0a:29:33', '92:d0:c6:0a:29:33'],
    ['92-D0-C6-0A-29-33', '92:d0:c6:0a:29:33'],
    ['92d0.c60a.2933', '92:d0:c6:0a:29:33'],
    ['00005e005301', '00:00:5e:00:53:01'],
    ['02:00:5e:10:00:00:00:01', '02:00:5e:10:00:00:00:01'],
    ['0200.5e10.0000.0001', '02:00:5e:10:00:00:00:01'],
    [
      '00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01',
      '00:00:00:00:fe:80:00:00:00:00:00:00:02:00:5e:10:00:00:00:01',
    ],
  ])('reads %j', (text, value) => {
    expect(parseMac(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['92:d0:c6:0a:29', 'address 92:d0:c6:0a:29: invalid MAC address'],
    ['bogus', 'address bogus: invalid MAC address'],
    ['', 'invalid MAC address'],
    ['92:d0-c6:0a:29:33', 'address 92:d0-c6:0a:29:33: invalid MAC address'],
    ['92:d0:c6:0a:29:3g', 'address 92:d0:c6:0a:29:3g: invalid MAC address'],
    ['92d0c60a29331', 'address 92d0c60a29331: invalid MAC address'],
    ['92d0:c60a:2933', 'address 92d0:c60a:2933: invalid MAC address'],
  ])('refuses %j', (text, message) => {
    expect(() => parseMac(text)).toThrow(new Error(message))
  })
})
