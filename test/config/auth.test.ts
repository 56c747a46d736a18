import { expect, test } from 'vitest'
import { registryHostname } from '../../src/config/auth.ts'

// docker/cli cli/config/credentials/file_store_test.go
test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '::1'],
  ['[::1]', '[::1]'],
  ['example.com', 'example.com'],
  ['http://example.com', 'example.com'],
  ['https://example.com/v2/', 'example.com'],
  ['unix:///var/run/docker.sock', 'unix:'],
  ['ftp://example.com', 'example.com'],
  ['127.0.0.1:6556', '127.0.0.1:6556'],
  ['[::1]:6556', '[::1]:6556'],
  ['https://::1:6555/v2/', '[::1]:6555'],
  ['https://[::1]:6555/v2/', '[::1]:6555'],
  ['https://[::1]/v2/', '::1'],
  ['http://example.com:6555', 'example.com:6555'],
  ['example.com/path', 'example.com'],
])('registryHostname(%s) is %s', (address, host) => {
  expect(registryHostname(address)).toBe(host)
})
