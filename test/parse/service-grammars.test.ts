import { describe, expect, test } from 'vitest'
import { parseFloat32 } from '../../src/parse/bytes.ts'
import { parseCredentialSpec } from '../../src/parse/credential-spec.ts'
import { checkGenericResource, parseGenericResources } from '../../src/parse/generic-resource.ts'
import { compareIps } from '../../src/parse/ip.ts'
import { parsePlacementPreference } from '../../src/parse/placement-preference.ts'

describe('a credential spec', () => {
  test.each([
    ['', {}],
    ['config://0bt9dmxjvjiqermk6xrop3ekq', { Config: '0bt9dmxjvjiqermk6xrop3ekq' }],
    ['config://', { Config: '' }],
    ['file://somefile.json', { File: 'somefile.json' }],
    ['registry://a://b', { Registry: 'a://b' }],
  ])('%j', (text, spec) => {
    expect(parseCredentialSpec(text)).toEqual(spec)
  })

  test.each(['noprefix', 'config:', 'Config://x', '://x'])('%j is none', (text) => {
    expect(() => parseCredentialSpec(text)).toThrow(
      'invalid credential spec: value must be prefixed with "config://", "file://", or "registry://"',
    )
  })
})

test('a placement preference is a spread over something', () => {
  expect(parsePlacementPreference('spread=node.labels.zone')).toBe('node.labels.zone')
  expect(parsePlacementPreference('spread=')).toBe('')
  const format = 'placement preference must be of the format "<strategy>=<arg>"'
  expect(() => parsePlacementPreference('spread')).toThrow(format)
  expect(() => parsePlacementPreference('=x')).toThrow(format)
  expect(() => parsePlacementPreference('pack=x')).toThrow(
    'unsupported placement preference pack (only spread is supported)',
  )
})

describe('generic resources', () => {
  test('are numbers of kinds', () => {
    expect(parseGenericResources(['foo=1', ' bar = 9007199254740993 '])).toEqual([
      { Kind: 'foo', Value: 1 },
      { Kind: 'bar', Value: 9007199254740993n },
    ])
    expect(checkGenericResource('a=b=c')).toBe('a=b=c')
  })

  const invalid = 'invalid generic resource specification: could not parse GenericResource: '
  const named = ', Named Generic Resources is not supported for service create or update'
  test.each([
    [['foo=bar', 'foo=1'], `${invalid}mixed discrete and named resources in expression 'foo=[bar 1]'`],
    [['foo=1', 'foo=2'], `${invalid}mixed discrete and named resources in expression 'foo=[1 2]'`],
    [['foo=-1'], `${invalid}cannot ask for negative resource foo`],
    [['a=b=c'], `${invalid}incorrect term a=b=c, missing '=' or malformed expression`],
    [['foo=bar', 'foo=baz'], `invalid generic-resource request \`foo=bar\`${named}`],
    [['fpga=uuid1'], `invalid generic-resource request \`fpga=uuid1\`${named}`],
  ])('%j cannot be asked for', (texts, message) => {
    expect(() => parseGenericResources(texts)).toThrow(new Error(message))
  })

  test('need an equals sign', () => {
    expect(() => checkGenericResource('bogus')).toThrow('invalid generic-resource format `bogus` expected `name=value`')
  })
})

test('a float of 32 bits is rounded to them', () => {
  expect(parseFloat32('.1')).toBe(Math.fround(0.1))
  expect(parseFloat32('-inf')).toBe(-Infinity)
  expect(() => parseFloat32('1e39')).toThrow('strconv.ParseFloat: parsing "1e39": value out of range')
  expect(() => parseFloat32('x')).toThrow('strconv.ParseFloat: parsing "x": invalid syntax')
})

test('addresses are in order of their bytes, IPv4 first', () => {
  const sorted = ['2001:db8::1', '10.0.0.1', '9.9.9.9', 'fe80::1%b', '::1', 'fe80::1%a'].toSorted(compareIps)
  expect(sorted).toEqual(['9.9.9.9', '10.0.0.1', '::1', '2001:db8::1', 'fe80::1%a', 'fe80::1%b'])
})
