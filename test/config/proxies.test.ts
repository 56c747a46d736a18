import { expect, test } from 'vitest'
import { proxyVariables } from '../../src/config/proxies.ts'

const proxies = {
  default: { httpProxy: 'http://p', noProxy: 'localhost', ftpProxy: '' },
  'tcp://d:1': { allProxy: 'socks://s' },
}

test('gives each variable in upper and lower case', () => {
  expect(proxyVariables({ proxies }, 'unix:///x', new Set())).toEqual([
    ['HTTP_PROXY', 'http://p'],
    ['http_proxy', 'http://p'],
    ['NO_PROXY', 'localhost'],
    ['no_proxy', 'localhost'],
  ])
})

test("a daemon's own entry replaces the default, and what is given stays", () => {
  expect(proxyVariables({ proxies }, 'tcp://d:1', new Set(['all_proxy']))).toEqual([['ALL_PROXY', 'socks://s']])
})

test('gives nothing without configuration', () => {
  expect(proxyVariables({}, 'unix:///x', new Set())).toEqual([])
})
