import { describe, expect, it } from 'vitest'
import {
  isCdiDevice,
  parseDevice,
  parseDeviceCgroupRule,
  parseThrottleBytes,
  parseThrottleOperations,
  parseWeightDevice,
} from '../../src/parse/device.ts'

describe('parseThrottleBytes', () => {
  it.each<[string, unknown]>([
    ['/dev/sda:1mb', { Path: '/dev/sda', Rate: 1048576 }],
    ['/dev/sda:1', { Path: '/dev/sda', Rate: 1 }],
    ['/dev/:1', { Path: '/dev/', Rate: 1 }],
  ])('reads %j', (text, value) => {
    expect(parseThrottleBytes(text)).toEqual(value)
  })
  it.each<[string, string]>([
    [
      '/dev/sda:-1',
      'invalid rate for device: /dev/sda:-1. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb',
    ],
    ['/dev/sda', 'bad format: /dev/sda'],
    [
      '/dev/sda:',
      'invalid rate for device: /dev/sda:. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb',
    ],
    ['sda:1', 'bad format for device path: sda:1'],
    ['', 'bad format: '],
    [
      '/dev/sda:x',
      'invalid rate for device: /dev/sda:x. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb',
    ],
    [':1', 'bad format: :1'],
    [
      '/dev/sda:1:2',
      'invalid rate for device: /dev/sda:1:2. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb',
    ],
    [
      '/dev/sda:18446744073709551615',
      'invalid rate for device: /dev/sda:18446744073709551615. The correct format is <device-path>:<number>[<unit>]. Number must be a positive integer. Unit is optional and can be kb, mb, or gb',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseThrottleBytes(text)).toThrow(new Error(message))
  })
})

describe('parseThrottleOperations', () => {
  it.each<[string, unknown]>([
    ['/dev/sda:1000', { Path: '/dev/sda', Rate: 1000 }],
    ['/dev/sda:18446744073709551615', { Path: '/dev/sda', Rate: 18446744073709551615n }],
  ])('reads %j', (text, value) => {
    expect(parseThrottleOperations(text)).toEqual(value)
  })
  it.each<[string, string]>([
    [
      '/dev/sda:-1',
      'invalid rate for device: /dev/sda:-1. The correct format is <device-path>:<number>. Number must be a positive integer',
    ],
    [
      '/dev/sda:1k',
      'invalid rate for device: /dev/sda:1k. The correct format is <device-path>:<number>. Number must be a positive integer',
    ],
    ['/dev/sda', 'bad format: /dev/sda'],
    ['sda:1', 'bad format for device path: sda:1'],
    ['', 'bad format: '],
  ])('refuses %j', (text, message) => {
    expect(() => parseThrottleOperations(text)).toThrow(new Error(message))
  })
})

describe('parseWeightDevice', () => {
  it.each<[string, unknown]>([
    ['/dev/sda:200', { Path: '/dev/sda', Weight: 200 }],
    ['/dev/sda:0', { Path: '/dev/sda', Weight: 0 }],
    ['/dev/sda:10', { Path: '/dev/sda', Weight: 10 }],
    ['/dev/sda:1000', { Path: '/dev/sda', Weight: 1000 }],
  ])('reads %j', (text, value) => {
    expect(parseWeightDevice(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['/dev/sda:9', 'invalid weight for device: /dev/sda:9'],
    ['/dev/sda:1001', 'invalid weight for device: /dev/sda:1001'],
    ['/dev/sda:x', 'invalid weight for device: /dev/sda:x'],
    ['/dev/sda', 'bad format: /dev/sda'],
    ['sda:1', 'bad format for device path: sda:1'],
    ['/dev/sda:65536', 'invalid weight for device: /dev/sda:65536'],
  ])('refuses %j', (text, message) => {
    expect(() => parseWeightDevice(text)).toThrow(new Error(message))
  })
})

describe('isCdiDevice', () => {
  it.each<[string, unknown]>([
    ['vendor.com/class=device', true],
    ['/dev/null', false],
    ['ab/cd=c', true],
    ['ab/cd', false],
    ['ab=b', false],
    ['1a/bb=c', false],
    ['aa/1b=c', false],
    ['aa/bb=1', true],
    ['aa/bb=', false],
    ['/bb=c', false],
    ['aa/=c', false],
    ['a-/bb=c', false],
    ['aa/bb=c-', false],
    ['aa/bb=c:d', true],
    ['aa/bb/cc=d', false],
    ['aa/bb=c=d', false],
    ['vendor/class=all', true],
    ['aa/bb=_x', false],
    ['a.b-c_d/e.f=g.h', true],
    ['aa/bb=c.:d', true],
    ['aé/bb=c', false],
    ['aa/bb=cé', false],
  ])('reads %j', (text, value) => {
    expect(isCdiDevice(text)).toEqual(value)
  })
})

describe('parseDevice', () => {
  it.each([
    ['/dev/null', '/dev/null', '/dev/null', 'rwm'],
    ['/dev/./null/', '/dev/null', '/dev/null', 'rwm'],
    ['/dev/null:/dev/x', '/dev/null', '/dev/x', 'rwm'],
    ['/dev/null:r', '/dev/null', '/dev/null', 'r'],
    ['/dev/null:/dev/x:rw', '/dev/null', '/dev/x', 'rw'],
    ['dev:/dev/x', 'dev', '/dev/x', 'rwm'],
    ['/dev/null:/dev/../x', '/dev/null', '/x', 'rwm'],
  ])('reads %j', (text, host, container, permissions) => {
    const mapping = { PathOnHost: host, PathInContainer: container, CgroupPermissions: permissions }
    expect(parseDevice(text, 'linux')).toEqual(mapping)
  })

  it.each([
    ['', 'bad format for path: '],
    [':/x', 'bad format for path: :/x'],
    ['a:b:c:d', 'bad format for path: a:b:c:d'],
    ['/dev/null:/dev/x:rwx', 'bad mode specified: rwx'],
    ['/dev/null:/dev/x:rr', 'bad mode specified: rr'],
    ['/dev/null:x', 'x is not an absolute path'],
    ['null', 'null is not an absolute path'],
    ['null:rw', 'null is not an absolute path'],
    ['/dev/null:', ' is not an absolute path'],
  ])('refuses %j', (text, message) => {
    expect(() => parseDevice(text, 'linux')).toThrow(new Error(message))
  })

  it('leaves it to a Windows engine, and knows no other', () => {
    const mapping = { PathOnHost: 'class/x', PathInContainer: '', CgroupPermissions: '' }
    expect(parseDevice('class/x', 'windows')).toEqual(mapping)
    expect(() => parseDevice('/dev/null', 'plan9')).toThrow(new Error('unknown server OS: plan9'))
  })
})

it.each(['c 1:3 mr', 'a *:* rwm', 'b 10:* r'])('takes the device rule %j', (text) => {
  expect(parseDeviceCgroupRule(text)).toBe(text)
})

it.each(['', 'd 1:3 r', 'c 1:3', 'c 1:3 x', 'c 1:3 rwmr', 'c x:3 r', ' c 1:3 r'])(
  'refuses the device rule %j',
  (text) => {
    expect(() => parseDeviceCgroupRule(text)).toThrow(new Error(`invalid device cgroup format '${text}'`))
  },
)
