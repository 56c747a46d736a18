import { describe, expect, it } from 'vitest'
import { parseExpose, parsePortMapping, toShortPublish } from '../../src/parse/port.ts'

describe('parsePortMapping', () => {
  it.each<[string, unknown]>([
    ['80', [{ hostIp: '', hostPort: '', port: '80/tcp' }]],
    ['80/tcp', [{ hostIp: '', hostPort: '', port: '80/tcp' }]],
    ['80/UDP', [{ hostIp: '', hostPort: '', port: '80/udp' }]],
    ['80/sctp', [{ hostIp: '', hostPort: '', port: '80/sctp' }]],
    ['8080:80', [{ hostIp: '', hostPort: '8080', port: '80/tcp' }]],
    ['8080:80/udp', [{ hostIp: '', hostPort: '8080', port: '80/udp' }]],
    ['127.0.0.1:8080:80', [{ hostIp: '127.0.0.1', hostPort: '8080', port: '80/tcp' }]],
    ['127.0.0.1::80', [{ hostIp: '127.0.0.1', hostPort: '', port: '80/tcp' }]],
    ['::1:8080:80', [{ hostIp: '::1', hostPort: '8080', port: '80/tcp' }]],
    ['[::1]:8080:80', [{ hostIp: '::1', hostPort: '8080', port: '80/tcp' }]],
    ['[::1]::80', [{ hostIp: '::1', hostPort: '', port: '80/tcp' }]],
    ['[::]:80:80', [{ hostIp: '::', hostPort: '80', port: '80/tcp' }]],
    ['0.0.0.0:80:80', [{ hostIp: '0.0.0.0', hostPort: '80', port: '80/tcp' }]],
    [
      '80-82',
      [
        { hostIp: '', hostPort: '', port: '80/tcp' },
        { hostIp: '', hostPort: '', port: '81/tcp' },
        { hostIp: '', hostPort: '', port: '82/tcp' },
      ],
    ],
    [
      '8000-8002:80-82',
      [
        { hostIp: '', hostPort: '8000', port: '80/tcp' },
        { hostIp: '', hostPort: '8001', port: '81/tcp' },
        { hostIp: '', hostPort: '8002', port: '82/tcp' },
      ],
    ],
    ['8000-8002:80', [{ hostIp: '', hostPort: '8000-8002', port: '80/tcp' }]],
    ['80-82:80', [{ hostIp: '', hostPort: '80-82', port: '80/tcp' }]],
    [':80', [{ hostIp: '', hostPort: '', port: '80/tcp' }]],
    ['65535:65535', [{ hostIp: '', hostPort: '65535', port: '65535/tcp' }]],
    ['0:80', [{ hostIp: '', hostPort: '0', port: '80/tcp' }]],
    ['80-80', [{ hostIp: '', hostPort: '', port: '80/tcp' }]],
    ['[]:80:80', [{ hostIp: '', hostPort: '80', port: '80/tcp' }]],
    ['::ffff:1.2.3.4:80:80', [{ hostIp: '::ffff:1.2.3.4', hostPort: '80', port: '80/tcp' }]],
    ['[1.2.3.4]:80:80', [{ hostIp: '1.2.3.4', hostPort: '80', port: '80/tcp' }]],
    ['80/', [{ hostIp: '', hostPort: '', port: '80/tcp' }]],
    ['8080:80/', [{ hostIp: '', hostPort: '8080', port: '80/tcp' }]],
    ['+80', [{ hostIp: '', hostPort: '', port: '80/tcp' }]],
    ['080', [{ hostIp: '', hostPort: '', port: '80/tcp' }]],
    ['1.2.3.4:8000-8010:80/tcp', [{ hostIp: '1.2.3.4', hostPort: '8000-8010', port: '80/tcp' }]],
  ])('reads %j', (text, value) => {
    expect(parsePortMapping(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['80/bogus', 'invalid proto: bogus'],
    ['127.0.0.1:80', 'invalid hostPort: 127.0.0.1'],
    ['8000-8001:80-82', 'invalid ranges specified for container and host Ports: 80-82 and 8000-8001'],
    ['', 'no port specified: <empty>'],
    ['/tcp', 'no port specified: /tcp<empty>'],
    [':', 'no port specified: :<empty>'],
    ['80:', 'no port specified: 80:<empty>'],
    ['x:80', 'invalid hostPort: x'],
    ['80:x', 'invalid containerPort: x'],
    ['65536', 'invalid containerPort: 65536'],
    ['-1', 'invalid containerPort: -1'],
    ['80-79', 'invalid containerPort: 80-79'],
    ['1.2.3:80:80', 'invalid IP address: 1.2.3'],
    ['[::1:80:80', "invalid IP address [::1: address [::1:: missing ']' in address"],
    ['[::1]x:80:80', 'invalid IP address [::1]x: address [::1]x:: missing port in address'],
    ['[::1:80', "invalid IP address [:: address [::: missing ']' in address"],
    ['[[::1]]:80:80', 'invalid IP address [[::1]]: address [[::1]]:: missing port in address'],
    ['[fe80::1%eth0]:80:80', 'invalid IP address: fe80::1%eth0'],
    ['fe80::1%eth0:80:80', 'invalid IP address: fe80::1%eth0'],
    ['host:80:80', 'invalid IP address: host'],
    ['80/tcp/udp', 'invalid proto: tcp/udp'],
    ['a:b:c:d', 'invalid IP address: a:b'],
    ['80 ', 'invalid containerPort: 80 '],
    [' 80', 'invalid containerPort:  80'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePortMapping(text)).toThrow(new Error(message))
  })
})

describe('parseExpose', () => {
  it.each<[string, unknown]>([
    ['80', ['80/tcp']],
    ['80/tcp', ['80/tcp']],
    ['80/UDP', ['80/udp']],
    ['80-82', ['80/tcp', '81/tcp', '82/tcp']],
    ['80-82/sctp', ['80/sctp', '81/sctp', '82/sctp']],
    ['80/bogus', ['80/bogus']],
    ['80-80', ['80/tcp']],
  ])('reads %j', (text, value) => {
    expect(parseExpose(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'invalid port range: value is empty'],
    ['x', "invalid start port 'x': invalid syntax"],
    ['80-x', "invalid end port 'x': invalid syntax"],
    ['82-80', 'invalid port range: 82-80'],
    ['-1', "invalid start port '': value is empty"],
    ['65536', "invalid start port '65536': value out of range"],
    ['80-', "invalid end port '': value is empty"],
    ['-80', "invalid start port '': value is empty"],
    ['/tcp', "invalid start port '': value is empty"],
    ['99999-100000', "invalid start port '99999': value out of range"],
    ['+80', "invalid start port '+80': invalid syntax"],
  ])('refuses %j', (text, message) => {
    expect(() => parseExpose(text)).toThrow(new Error(message))
  })
})

describe('toShortPublish', () => {
  it.each([
    ['8080:80', '8080:80'],
    ['published=8080,target=80', '8080:80/tcp'],
    ['target=80,protocol=udp,published=8080', '8080:80/udp'],
    ['target=80', ':80/tcp'],
    ['published=8080', '8080:/tcp'],
    ['target=80,mode=host', ':80/tcp'],
  ])('reads %j', (text, short) => {
    expect(toShortPublish(text)).toBe(short)
  })

  it.each([
    ['target=80,', ''],
    ['target=80,x', 'x'],
    ['=80', '=80'],
  ])('refuses %j', (text, field) => {
    const message = `invalid publish opts format (should be name=value but got '${field}')`
    expect(() => toShortPublish(text)).toThrow(new Error(message))
  })
})
