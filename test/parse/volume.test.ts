import { describe, expect, it } from 'vitest'
import { parseVolume, toAbsoluteBind } from '../../src/parse/volume.ts'

describe('parseVolume', () => {
  it.each<[string, unknown]>([
    ['/', { noCopy: false, propagation: '', readOnly: false, source: '', target: '/', type: 'volume' }],
    ['a', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'a', type: 'volume' }],
    ['ab', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'ab', type: 'volume' }],
    ['/data', { noCopy: false, propagation: '', readOnly: false, source: '', target: '/data', type: 'volume' }],
    ['/host:/ctr', { noCopy: false, propagation: '', readOnly: false, source: '/host', target: '/ctr', type: 'bind' }],
    [
      '/host:/ctr:ro',
      { noCopy: false, propagation: '', readOnly: true, source: '/host', target: '/ctr', type: 'bind' },
    ],
    [
      '/host:/ctr:rw,z',
      { noCopy: false, propagation: '', readOnly: false, source: '/host', target: '/ctr', type: 'bind' },
    ],
    [
      '/h:/c:ro,rslave',
      { noCopy: false, propagation: 'rslave', readOnly: true, source: '/h', target: '/c', type: 'bind' },
    ],
    ['data:/c', { noCopy: false, propagation: '', readOnly: false, source: 'data', target: '/c', type: 'volume' }],
    ['data:/c:ro', { noCopy: false, propagation: '', readOnly: true, source: 'data', target: '/c', type: 'volume' }],
    [
      'data:/c:nocopy',
      { noCopy: true, propagation: '', readOnly: false, source: 'data', target: '/c', type: 'volume' },
    ],
    [
      'data:/c:bogus',
      { noCopy: false, propagation: '', readOnly: false, source: 'data', target: '/c', type: 'volume' },
    ],
    ['./rel:/c', { noCopy: false, propagation: '', readOnly: false, source: './rel', target: '/c', type: 'bind' }],
    ['.:/c', { noCopy: false, propagation: '', readOnly: false, source: '.', target: '/c', type: 'bind' }],
    ['~/x:/c', { noCopy: false, propagation: '', readOnly: false, source: '~/x', target: '/c', type: 'bind' }],
    ['~:/c', { noCopy: false, propagation: '', readOnly: false, source: '~', target: '/c', type: 'bind' }],
    ['a:b:c:d', { noCopy: false, propagation: '', readOnly: false, source: 'a:b', target: 'c:d', type: 'bind' }],
    ['a::b', { noCopy: false, propagation: '', readOnly: false, source: 'a:', target: 'b', type: 'bind' }],
    ['a:', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'a:', type: 'volume' }],
    ['C:\\x:/c', { noCopy: false, propagation: '', readOnly: false, source: 'C:\\x', target: '/c', type: 'bind' }],
    [
      'C:\\x:D:\\y',
      { noCopy: false, propagation: '', readOnly: false, source: 'C:\\x', target: 'D:\\y', type: 'bind' },
    ],
    ['c:/x', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'c:/x', type: 'volume' }],
    ['x:/ctr', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'x:/ctr', type: 'volume' }],
    [
      '\\\\.\\pipe\\x:/c',
      { noCopy: false, propagation: '', readOnly: false, source: '\\\\.\\pipe\\x', target: '/c', type: 'bind' },
    ],
    ['é:/c', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'é:/c', type: 'volume' }],
    ['éa:/c', { noCopy: false, propagation: '', readOnly: false, source: 'éa', target: '/c', type: 'volume' }],
    ['a:b', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'a:b', type: 'volume' }],
    ['aa:bb:cc', { noCopy: false, propagation: '', readOnly: false, source: 'aa', target: 'bb', type: 'volume' }],
    ['::', { noCopy: false, propagation: '', readOnly: false, source: '', target: '::', type: 'volume' }],
    ['a:/c', { noCopy: false, propagation: '', readOnly: false, source: '', target: 'a:/c', type: 'volume' }],
    [
      '/h:/c:rw,ro,nocopy,shared',
      { noCopy: true, propagation: 'shared', readOnly: true, source: '/h', target: '/c', type: 'bind' },
    ],
    ['1:/c', { noCopy: false, propagation: '', readOnly: false, source: '1', target: '/c', type: 'volume' }],
    ['12:/c:ro', { noCopy: false, propagation: '', readOnly: true, source: '12', target: '/c', type: 'volume' }],
  ])('reads %j', (text, value) => {
    expect(parseVolume(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['', 'invalid empty volume spec'],
    [':/c', 'invalid spec: :/c: empty section between colons'],
    ['/h:/c:', 'invalid spec: /h:/c:: empty section between colons'],
    ['/h:/c:ro:rw', 'invalid spec: /h:/c:ro:rw: too many colons'],
    ['abc:', 'invalid spec: abc:: empty section between colons'],
  ])('refuses %j', (text, message) => {
    expect(() => parseVolume(text)).toThrow(new Error(message))
  })
})

it.each([
  ['./rel:/c:ro', '/cwd/rel:/c:ro'],
  ['..:/c', '/:/c'],
  ['/h:/c', '/h:/c'],
  ['~/x:/c', '~/x:/c'],
  ['./x', './x'],
])('makes the source of %j absolute where it begins with a dot', (text, absolute) => {
  expect(toAbsoluteBind(text, () => '/cwd')).toBe(absolute)
})
