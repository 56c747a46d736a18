import { describe, expect, it } from 'vitest'
import { parseSysctl } from '../../src/parse/sysctl.ts'

describe('parseSysctl', () => {
  it.each<[string, unknown]>([
    ['net.ipv4.ip_forward=1', 'net.ipv4.ip_forward=1'],
    ['kernel.shmmax=1', 'kernel.shmmax=1'],
    ['fs.mqueue.x=1', 'fs.mqueue.x=1'],
    ['kernel.sem=', 'kernel.sem='],
    ['net.=', 'net.='],
  ])('reads %j', (text, value) => {
    expect(parseSysctl(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['kernel.bogus=1', "sysctl 'kernel.bogus=1' is not allowed"],
    ['net', "sysctl 'net' is not allowed"],
    ['net.x', "sysctl 'net.x' is not allowed"],
    ['', "sysctl '' is not allowed"],
    ['=1', "sysctl '=1' is not allowed"],
    ['fs.mqueue=1', "sysctl 'fs.mqueue=1' is not allowed"],
    ['netx=1', "sysctl 'netx=1' is not allowed"],
  ])('refuses %j', (text, message) => {
    expect(() => parseSysctl(text)).toThrow(new Error(message))
  })
})
