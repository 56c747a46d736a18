import { describe, expect, test } from 'vitest'
import { proxyFor } from '../../src/connection/proxy.ts'

const PROXY = 'http://p:3128'
const far = { scheme: 'http', host: 'far.example', port: 2375 } as const
const farTls = { ...far, scheme: 'https', port: 2376 } as const

/** In the order of the columns below. */
const TARGETS = [
  far,
  { scheme: 'http', host: '10.1.2.3', port: 2375 },
  { scheme: 'http', host: 'fe80::1', port: 2375 },
  { scheme: 'http', host: 'far', port: 2375 },
  { scheme: 'http', host: 'far.example', port: 80 },
] as const

/** NO_PROXY, and which of the targets Go's http.ProxyFromEnvironment then sends through the proxy (p). */
const NO_PROXY: [string, string][] = [
  ['', 'ppppp'],
  ['*', '-----'],
  ['far', 'ppp-p'],
  ['FAR', 'ppp-p'],
  ['far.example', '-ppp-'],
  ['example', '-ppp-'],
  ['.example', '-ppp-'],
  ['*.example', '-ppp-'],
  ['far.example:2375', '-pppp'],
  ['far.example:80', 'pppp-'],
  ['10.0.0.0/8', 'p-ppp'],
  ['10.1.2.3', 'p-ppp'],
  ['10.1.2.3:2375', 'p-ppp'],
  ['10.1.2.3:1', 'ppppp'],
  ['fe80::/10', 'pp-pp'],
  ['fe80::1', 'pp-pp'],
  ['[fe80::1]:2375', 'pp-pp'],
  ['[fe80::1]', 'ppppp'],
  [' far.example , x', '-ppp-'],
  ['x,,far.example', '-ppp-'],
  ['10.0.0.0/33', 'ppppp'],
  ['ample', 'ppppp'],
  ['a.far.example', 'ppppp'],
  ['1.2.3.4/', 'ppppp'],
  ['far.example:', '-ppp-'],
  ['*example', 'ppppp'],
  ['x,*', '-----'],
  ['.', 'ppppp'],
  [':2375', 'ppppp'],
  ['10.1.2', 'ppppp'],
]

describe('NO_PROXY', () => {
  test.each(NO_PROXY)('%j', (value, expected) => {
    const env = { HTTP_PROXY: PROXY, NO_PROXY: value }
    expect(TARGETS.map((target) => (proxyFor(target, env) === undefined ? '-' : 'p')).join('')).toBe(expected)
  })

  test('is not needed for this machine itself, which goes by the letter', () => {
    const through = (host: string) => proxyFor({ scheme: 'http', host, port: 1 }, { HTTP_PROXY: PROXY }) !== undefined
    expect(['localhost', '127.0.0.1', '127.9.9.9', '::1'].filter(through)).toEqual([])
    expect(['LOCALHOST', 'localhost.example', 'x.localhost', '0.0.0.0'].filter((host) => !through(host))).toEqual([])
  })
})

describe('the variable', () => {
  test.each([
    [{ HTTP_PROXY: PROXY }, true, false],
    [{ http_proxy: PROXY }, true, false],
    [{ HTTP_PROXY: '', http_proxy: PROXY }, true, false],
    [{ HTTPS_PROXY: PROXY }, false, true],
    [{ https_proxy: PROXY }, false, true],
    [{ ALL_PROXY: PROXY }, false, false],
    [{ HTTP_PROXY: PROXY, no_proxy: 'far.example' }, false, false],
    [{ HTTPS_PROXY: PROXY, REQUEST_METHOD: 'GET' }, false, true],
  ])('%j', (env, plain, tls) => {
    expect([proxyFor(far, env) !== undefined, proxyFor(farTls, env) !== undefined]).toEqual([plain, tls])
  })

  test('in capitals wins', () => {
    expect(proxyFor(far, { HTTP_PROXY: 'http://a', http_proxy: 'http://b' })?.host).toBe('a')
  })

  test('is not trusted where a web server may have set it', () => {
    expect(() => proxyFor(far, { HTTP_PROXY: PROXY, REQUEST_METHOD: 'GET' })).toThrow(
      'refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy',
    )
  })
})

test.each([
  ['p', { protocol: 'http', host: 'p', port: 80 }],
  ['p:3128', { protocol: 'http', host: 'p', port: 3128 }],
  ['https://p', { protocol: 'https', host: 'p', port: 443 }],
  ['http://[::1]:5', { protocol: 'http', host: '::1', port: 5 }],
  ['http://u%40:p%3aw@p:1', { protocol: 'http', host: 'p', port: 1, authorization: `Basic ${btoa('u@:p:w')}` }],
  ['http://u@p:1', { protocol: 'http', host: 'p', port: 1, authorization: `Basic ${btoa('u:')}` }],
  ['http://:p@h:5', { protocol: 'http', host: 'h', port: 5, authorization: `Basic ${btoa(':p')}` }],
  ['u:p@h:5', { protocol: 'http', host: 'h', port: 5, authorization: `Basic ${btoa('u:p')}` }],
])('the proxy %s', (text, expected) => {
  expect(proxyFor(far, { HTTP_PROXY: text })).toEqual(expected)
})

test.each([
  ['socks5://p:1080', 'a socks5 proxy cannot be used: socks5://p:1080'],
  ['ftp://p', 'a ftp proxy cannot be used: ftp://p'],
  ['http://u%zz@p', 'invalid proxy address "http://u%zz@p"'],
  ['http://p q', 'invalid proxy address "http://p q"'],
])('the proxy %s is refused in words', (text, message) => {
  expect(() => proxyFor(far, { HTTP_PROXY: text })).toThrow(message)
})
