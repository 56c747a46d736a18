import { expect, test } from 'vitest'
import { parseSshUrl } from '../../src/ssh/url.ts'

test.each([
  ['ssh://h', { user: '', host: 'h', port: '', path: '' }],
  ['ssh://me@h:10022/var/run/docker.sock', { user: 'me', host: 'h', port: '10022', path: '/var/run/docker.sock' }],
  ['ssh://h:/', { user: '', host: 'h', port: '', path: '/' }],
  ['ssh://@h', { user: '', host: 'h', port: '', path: '' }],
  ['ssh://a@b@h', { user: 'a@b', host: 'h', port: '', path: '' }],
  ['ssh://a%20b@h', { user: 'a b', host: 'h', port: '', path: '' }],
  ['ssh://$(x)@$(y)h', { user: '$(x)', host: '$(y)h', port: '', path: '' }],
  ['ssh://a/b@h', { user: '', host: 'a', port: '', path: '/b@h' }],
  ['ssh://[::1]:22/x', { user: '', host: '::1', port: '22', path: '/x' }],
  ['ssh://[fe80::1%25eth0]', { user: '', host: 'fe80::1%eth0', port: '', path: '' }],
  ['ssh://h/a%2fb c\\', { user: '', host: 'h', port: '', path: '/a/b c\\' }],
  ['ssh://-oProxyCommand=x', { user: '', host: '-oProxyCommand=x', port: '', path: '' }],
  ['ssh://h?', { user: '', host: 'h', port: '', path: '' }],
  ['ssh://h#', { user: '', host: 'h', port: '', path: '' }],
])('reads %s', (text, target) => {
  expect(parseSshUrl(text)).toEqual(target)
})

const invalid = 'ssh host connection is not valid: invalid SSH URL: '

test.each([
  ['ssh://u:p@h', `${invalid}plain-text password is not supported`],
  ['ssh://u:@h', `${invalid}plain-text password is not supported`],
  ['ssh://', `${invalid}hostname is empty`],
  ['ssh:///a', `${invalid}hostname is empty`],
  ['ssh://?q', `${invalid}hostname is empty`],
  ['ssh://h:22/a?b', `${invalid}query parameters are not allowed: "b"`],
  ['ssh://h?a b"c', `${invalid}query parameters are not allowed: "a b\\"c"`],
  ['ssh://h#a%20b', `${invalid}fragments are not allowed: "a b"`],
  ['ssh://h:abc', 'parse "ssh://h:abc": invalid port ":abc" after host'],
  ['ssh://h%00', 'parse "ssh://h%00": invalid URL escape "%00"'],
  ['ssh://%41h', 'parse "ssh://%41h": invalid URL escape "%41"'],
  ['ssh://h h', 'parse "ssh://h h": invalid character " " in host name'],
  ['ssh://h/%zz', 'parse "ssh://h/%zz": invalid URL escape "%zz"'],
  ['ssh://h#%zz', 'parse "ssh://h#%zz": invalid URL escape "%zz"'],
  ['ssh://a%zz@h', 'parse "ssh://a%zz@h": invalid URL escape "%zz"'],
  ['ssh://a b@h', 'parse "ssh://a b@h": net/url: invalid userinfo'],
])('refuses %s', (text, message) => {
  expect(() => parseSshUrl(text)).toThrow(new Error(message))
})
