import { describe, expect, it } from 'vitest'
import { parseExtraHost } from '../../src/parse/hosts.ts'

describe('parseExtraHost', () => {
  it.each<[string, unknown]>([
    ['a:1.2.3.4', 'a:1.2.3.4'],
    ['a=1.2.3.4', 'a:1.2.3.4'],
    ['a:::1', 'a:::1'],
    ['a=::1', 'a:::1'],
    ['a:[::1]', 'a:::1'],
    ['a=[::1]', 'a:::1'],
    ['a:host-gateway', 'a:host-gateway'],
    ['a=host-gateway', 'a:host-gateway'],
    ['a:[1.2.3.4]', 'a:1.2.3.4'],
    ['a:0:0:0:0:0:0:0:1', 'a:0:0:0:0:0:0:0:1'],
    ['a: 1.2.3.4', 'a: 1.2.3.4'],
  ])('reads %j', (text, value) => {
    expect(parseExtraHost(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['a', 'bad format for add-host: "a"'],
    ['a:', 'invalid IP address in add-host: ""'],
    ['a=', 'invalid IP address in add-host: ""'],
    [':1.2.3.4', 'bad format for add-host: ":1.2.3.4"'],
    ['=1.2.3.4', 'bad format for add-host: "=1.2.3.4"'],
    ['a:b=1.2.3.4', 'bad format for add-host: "a:b=1.2.3.4"'],
    ['a:bogus', 'invalid IP address in add-host: "bogus"'],
    ['a:[]', 'invalid IP address in add-host: "[]"'],
    ['a:"x"', 'invalid IP address in add-host: "\\"x\\""'],
    ['my-host:10.0.0.256', 'invalid IP address in add-host: "10.0.0.256"'],
  ])('refuses %j', (text, message) => {
    expect(() => parseExtraHost(text)).toThrow(new Error(message))
  })
})
