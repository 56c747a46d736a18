import { expect, test } from 'vitest'
import { parseSshUrl } from '../../src/connection/ssh-url.ts'

test.each([
  ['ssh://host', { user: '', host: 'host', port: '', path: '' }],
  ['ssh://me@host:22/run/d.sock', { user: 'me', host: 'host', port: '22', path: '/run/d.sock' }],
  ['ssh://me%40x@[::1]:22', { user: 'me@x', host: '::1', port: '22', path: '' }],
  ['ssh://-oProxyCommand=x', { user: '', host: '-oProxyCommand=x', port: '', path: '' }],
])('%s', (text, target) => {
  expect(parseSshUrl(text)).toEqual(target)
})

test.each([
  ['ssh://me:pw@host', 'plain-text password is not supported'],
  ['ssh://', 'hostname is empty'],
  ['ssh://me@', 'hostname is empty'],
  ['ssh://host?a=b', 'query parameters are not allowed: "a=b"'],
  ['ssh://host/x#y', 'fragments are not allowed: "y"'],
])('%s is refused', (text, why) => {
  expect(() => parseSshUrl(text)).toThrow(`ssh host connection is not valid: invalid SSH URL: ${why}`)
})

test('a port is a number, a host has no blanks', () => {
  expect(() => parseSshUrl('ssh://h:22x')).toThrow('parse "ssh://h:22x": invalid port ":22x" after host')
  expect(() => parseSshUrl('ssh://a b')).toThrow('parse "ssh://a b": invalid character " " in host name')
})
