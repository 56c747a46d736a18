import { describe, expect, it } from 'vitest'
import {
  familiarName,
  familiarString,
  formatReference,
  isNameOnly,
  parseAnyReference,
  parseReference,
  withDefaultTag,
  withTag,
} from '../../src/parse/reference.ts'

describe('parseReference', () => {
  it.each<[string, unknown]>([
    ['busybox', ['docker.io/library/busybox', 'busybox', 'busybox', 'docker.io', 'docker.io/library/busybox:latest']],
    [
      'busybox:1.36',
      ['docker.io/library/busybox:1.36', 'busybox:1.36', 'busybox', 'docker.io', 'docker.io/library/busybox:1.36'],
    ],
    [
      'busybox:latest',
      [
        'docker.io/library/busybox:latest',
        'busybox:latest',
        'busybox',
        'docker.io',
        'docker.io/library/busybox:latest',
      ],
    ],
    [
      'library/busybox',
      ['docker.io/library/busybox', 'busybox', 'busybox', 'docker.io', 'docker.io/library/busybox:latest'],
    ],
    [
      'docker.io/busybox',
      ['docker.io/library/busybox', 'busybox', 'busybox', 'docker.io', 'docker.io/library/busybox:latest'],
    ],
    [
      'docker.io/library/busybox:1',
      ['docker.io/library/busybox:1', 'busybox:1', 'busybox', 'docker.io', 'docker.io/library/busybox:1'],
    ],
    [
      'index.docker.io/busybox',
      ['docker.io/library/busybox', 'busybox', 'busybox', 'docker.io', 'docker.io/library/busybox:latest'],
    ],
    ['user/app', ['docker.io/user/app', 'user/app', 'user/app', 'docker.io', 'docker.io/user/app:latest']],
    ['user/app:tag', ['docker.io/user/app:tag', 'user/app:tag', 'user/app', 'docker.io', 'docker.io/user/app:tag']],
    ['localhost/app', ['localhost/app', 'localhost/app', 'localhost/app', 'localhost', 'localhost/app:latest']],
    [
      'localhost:5000/app',
      ['localhost:5000/app', 'localhost:5000/app', 'localhost:5000/app', 'localhost:5000', 'localhost:5000/app:latest'],
    ],
    [
      'registry.example.com/app',
      [
        'registry.example.com/app',
        'registry.example.com/app',
        'registry.example.com/app',
        'registry.example.com',
        'registry.example.com/app:latest',
      ],
    ],
    [
      'registry.example.com:5000/team/app:v1',
      [
        'registry.example.com:5000/team/app:v1',
        'registry.example.com:5000/team/app:v1',
        'registry.example.com:5000/team/app',
        'registry.example.com:5000',
        'registry.example.com:5000/team/app:v1',
      ],
    ],
    ['User/app', ['User/app', 'User/app', 'User/app', 'User', 'User/app:latest']],
    ['UPPER/app:x', ['UPPER/app:x', 'UPPER/app:x', 'UPPER/app', 'UPPER', 'UPPER/app:x']],
    [
      'busybox@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      [
        'docker.io/library/busybox@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
        'busybox@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
        'busybox',
        'docker.io',
        'docker.io/library/busybox@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      ],
    ],
    [
      'busybox:1@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      [
        'docker.io/library/busybox:1@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
        'busybox:1@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
        'busybox',
        'docker.io',
        'docker.io/library/busybox:1@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      ],
    ],
    ['a__b', ['docker.io/library/a__b', 'a__b', 'a__b', 'docker.io', 'docker.io/library/a__b:latest']],
    ['a--b', ['docker.io/library/a--b', 'a--b', 'a--b', 'docker.io', 'docker.io/library/a--b:latest']],
    ['a.b', ['docker.io/library/a.b', 'a.b', 'a.b', 'docker.io', 'docker.io/library/a.b:latest']],
    ['a_b', ['docker.io/library/a_b', 'a_b', 'a_b', 'docker.io', 'docker.io/library/a_b:latest']],
    ['app:TAG', ['docker.io/library/app:TAG', 'app:TAG', 'app', 'docker.io', 'docker.io/library/app:TAG']],
    [
      'app:' + 'x'.repeat(128),
      [
        'docker.io/library/app:' + 'x'.repeat(128),
        'app:' + 'x'.repeat(128),
        'app',
        'docker.io',
        'docker.io/library/app:' + 'x'.repeat(128),
      ],
    ],
    ['[::1]:5000/app', ['[::1]:5000/app', '[::1]:5000/app', '[::1]:5000/app', '[::1]:5000', '[::1]:5000/app:latest']],
    [
      '192.168.0.1/app',
      ['192.168.0.1/app', '192.168.0.1/app', '192.168.0.1/app', '192.168.0.1', '192.168.0.1/app:latest'],
    ],
    ['docker.io/a/b/c', ['docker.io/a/b/c', 'a/b/c', 'a/b/c', 'docker.io', 'docker.io/a/b/c:latest']],
    [
      'example:5000/app',
      ['example:5000/app', 'example:5000/app', 'example:5000/app', 'example:5000', 'example:5000/app:latest'],
    ],
    [
      'localhost',
      ['docker.io/library/localhost', 'localhost', 'localhost', 'docker.io', 'docker.io/library/localhost:latest'],
    ],
    [
      'localhost:5000',
      [
        'docker.io/library/localhost:5000',
        'localhost:5000',
        'localhost',
        'docker.io',
        'docker.io/library/localhost:5000',
      ],
    ],
    [
      'docker.io/library/a/b',
      ['docker.io/library/a/b', 'library/a/b', 'library/a/b', 'docker.io', 'docker.io/library/a/b:latest'],
    ],
    ['LOCALHOST/app', ['LOCALHOST/app', 'LOCALHOST/app', 'LOCALHOST/app', 'LOCALHOST', 'LOCALHOST/app:latest']],
    [
      'my.domain',
      ['docker.io/library/my.domain', 'my.domain', 'my.domain', 'docker.io', 'docker.io/library/my.domain:latest'],
    ],
    [
      'foo/bar.com',
      ['docker.io/foo/bar.com', 'foo/bar.com', 'foo/bar.com', 'docker.io', 'docker.io/foo/bar.com:latest'],
    ],
    ['a:5000', ['docker.io/library/a:5000', 'a:5000', 'a', 'docker.io', 'docker.io/library/a:5000']],
    [
      'docker.io',
      ['docker.io/library/docker.io', 'docker.io', 'docker.io', 'docker.io', 'docker.io/library/docker.io:latest'],
    ],
    ['foo_bar.com/x', ['foo_bar.com/x', 'foo_bar.com/x', 'foo_bar.com/x', '', 'foo_bar.com/x:latest']],
    ['Docker.io/x', ['Docker.io/x', 'Docker.io/x', 'Docker.io/x', 'Docker.io', 'Docker.io/x:latest']],
    [
      'app:a.b-c_d',
      ['docker.io/library/app:a.b-c_d', 'app:a.b-c_d', 'app', 'docker.io', 'docker.io/library/app:a.b-c_d'],
    ],
  ])('reads %j', (text, value) => {
    expect(formsOf(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['Busybox', 'invalid reference format: repository name (library/Busybox) must be lowercase'],
    ['user/App', 'invalid reference format: repository name (user/App) must be lowercase'],
    ['busybox:bad/tag', 'invalid reference format'],
    ['', 'invalid reference format'],
    [
      '7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      'invalid repository name (7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa), cannot specify 64-byte hexadecimal strings',
    ],
    ['busybox:', 'invalid reference format'],
    ['busybox@', 'invalid reference format'],
    ['busybox@sha256:abc', 'invalid reference format'],
    ['a//b', 'invalid reference format'],
    ['/a', 'invalid reference format'],
    ['a/', 'invalid reference format'],
    ['-a', 'invalid reference format'],
    ['a-', 'invalid reference format'],
    ['a..b', 'invalid reference format'],
    ['a___b', 'invalid reference format'],
    ['a-_b', 'invalid reference format'],
    ['app:' + 'x'.repeat(129), 'invalid reference format'],
    ['x'.repeat(256), 'repository name must not be more than 255 characters'],
    ['[fe80::1%eth0]/app', 'invalid reference format'],
    ['::1/app', 'invalid reference format'],
    ['a:b:c', 'invalid reference format'],
    ['busybox:1:2', 'invalid reference format'],
    ['é', 'invalid reference format'],
    ['app:é', 'invalid reference format'],
    ['app\n', 'invalid reference format'],
    ['app@sha512:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa', 'invalid checksum digest length'],
    ['app@sha256:7CC4B5AEFD1D0CADF8D97D4350462BA51C694EBCA145B08D7D41B41ACC8DB5AA', 'invalid checksum digest format'],
    ['app@md5:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa', 'unsupported digest algorithm'],
    ['https://x/y', 'invalid reference format'],
    ['docker.io/', 'invalid reference format'],
    ['a@b', 'invalid reference format'],
  ])('refuses %j', (text, message) => {
    expect(() => formsOf(text)).toThrow(new Error(message))
  })
})

describe('parseAnyReference', () => {
  it.each<[string, unknown]>([
    ['busybox', 'docker.io/library/busybox'],
    [
      '7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      'sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
    ],
    [
      'sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      'sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
    ],
    ['sha256:abc', 'docker.io/library/sha256:abc'],
    [
      'busybox@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
      'docker.io/library/busybox@sha256:7cc4b5aefd1d0cadf8d97d4350462ba51c694ebca145b08d7d41b41acc8db5aa',
    ],
    [
      'sha256:7CC4B5AEFD1D0CADF8D97D4350462BA51C694EBCA145B08D7D41B41ACC8DB5AA',
      'docker.io/library/sha256:7CC4B5AEFD1D0CADF8D97D4350462BA51C694EBCA145B08D7D41B41ACC8DB5AA',
    ],
    ['md5:abc', 'docker.io/library/md5:abc'],
  ])('reads %j', (text, value) => {
    expect(anyFormOf(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['Busybox', 'invalid reference format: repository name (library/Busybox) must be lowercase'],
    ['', 'invalid reference format'],
  ])('refuses %j', (text, message) => {
    expect(() => anyFormOf(text)).toThrow(new Error(message))
  })
})

it('gives another tag, and refuses what is no tag', () => {
  const reference = parseReference('busybox:1')
  expect(familiarString(withTag(reference, '2'))).toBe('busybox:2')
  expect(() => withTag(reference, 'a/b')).toThrow(new Error('invalid tag format'))
  expect([reference, parseReference('busybox')].map(isNameOnly)).toEqual([false, true])
})

/** Full form, familiar form, familiar name, domain, and full form with the default tag. */
function formsOf(text: string) {
  const reference = parseReference(text)
  const tagged = formatReference(withDefaultTag(reference))
  return [formatReference(reference), familiarString(reference), familiarName(reference), reference.domain, tagged]
}

function anyFormOf(text: string) {
  const reference = parseAnyReference(text)
  return 'path' in reference ? formatReference(reference) : reference.digest
}
