import { describe, expect, it } from 'vitest'
import { formatPlatform, hostPlatform, parsePlatform } from '../../src/parse/platform.ts'

describe('parsePlatform', () => {
  it.each<[string, unknown]>([
    ['linux', ['linux/amd64', '', []]],
    ['linux/amd64', ['linux/amd64', '', []]],
    ['linux/arm64', ['linux/arm64', '', []]],
    ['linux/arm64/v8', ['linux/arm64/v8', '', []]],
    ['linux/arm', ['linux/arm', '', []]],
    ['linux/arm/v7', ['linux/arm/v7', '', []]],
    ['linux/arm/v6', ['linux/arm/v6', '', []]],
    ['linux/arm/7', ['linux/arm/v7', '', []]],
    ['linux/armhf', ['linux/arm', '', []]],
    ['linux/armel', ['linux/arm/v6', '', []]],
    ['LINUX/AMD64', ['linux/amd64', '', []]],
    ['linux/x86_64', ['linux/amd64', '', []]],
    ['linux/aarch64', ['linux/arm64', '', []]],
    ['linux/i386', ['linux/386', '', []]],
    ['linux/amd64/v2', ['linux/amd64/v2', '', []]],
    ['linux/amd64/v1', ['linux/amd64', '', []]],
    ['windows/amd64', ['windows/amd64', '', []]],
    ['windows(10.0.17763)/amd64', ['windows/amd64', '10.0.17763', []]],
    ['windows(10.0.17763+win32k)/amd64', ['windows/amd64', '10.0.17763', ['win32k']]],
    ['windows(+a+b)/amd64', ['windows/amd64', '', ['a', 'b']]],
    ['amd64', ['linux/amd64', '', []]],
    ['arm64', ['linux/arm64', '', []]],
    ['arm', ['linux/arm', '', []]],
    ['armhf', ['linux/arm', '', []]],
    ['armel', ['linux/arm/v6', '', []]],
    ['x86_64', ['linux/amd64', '', []]],
    ['macos', ['darwin/amd64', '', []]],
    ['macos/arm64', ['darwin/arm64', '', []]],
    ['bogus/arch', ['bogus/arch', '', []]],
    ['linux/arm64/9', ['linux/arm64/v9', '', []]],
    ['linux/arm64/8', ['linux/arm64/v8', '', []]],
    ['linux/arm64/v9.0', ['linux/arm64/v9', '', []]],
    ['windows(10%2e0)/amd64', ['windows/amd64', '10.0', []]],
    ['linux()/amd64', ['linux/amd64', '', []]],
    ['wasm', ['linux/wasm', '', []]],
    ['wasi/wasm', ['wasi/wasm', '', []]],
    ['linux/arm/v8', ['linux/arm/v8', '', []]],
  ])('reads %j', (text, value) => {
    expect(summary(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['bogus', '"bogus": unknown operating system or architecture: invalid argument'],
    [
      '',
      '"" is an invalid OS component of "": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%-]*)((?:\\\\+[A-Za-z0-9_.%-]+)*)\\\\))?$": invalid argument',
    ],
    [
      '/',
      '"" is an invalid OS component of "/": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%-]*)((?:\\\\+[A-Za-z0-9_.%-]+)*)\\\\))?$": invalid argument',
    ],
    [
      'linux/',
      '"" is an invalid component of "linux/": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument',
    ],
    ['*', '"*": wildcards not yet supported: invalid argument'],
    ['linux/*', '"linux/*": wildcards not yet supported: invalid argument'],
    ['a/b/c/d', '"a/b/c/d": cannot parse platform specifier: invalid argument'],
    [
      'a/b/c/d/e',
      '"d/e" is an invalid component of "a/b/c/d/e": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument',
    ],
    [
      'lin ux/amd64',
      '"lin ux" is an invalid OS component of "lin ux/amd64": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%-]*)((?:\\\\+[A-Za-z0-9_.%-]+)*)\\\\))?$": invalid argument',
    ],
    [
      'linux/am d64',
      '"am d64" is an invalid component of "linux/am d64": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument',
    ],
    ['windows(10%zz)/amd64', '"windows(10%zz)/amd64" has an invalid OS version "10%zz": invalid URL escape "%zz"'],
    [
      'linux(/amd64',
      '"linux(" is an invalid OS component of "linux(/amd64": OSAndVersion specifier component must match "^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%-]*)((?:\\\\+[A-Za-z0-9_.%-]+)*)\\\\))?$": invalid argument',
    ],
    [
      'linux//x',
      '"" is an invalid component of "linux//x": platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => summary(text)).toThrow(new Error(message))
  })
})

it('translates what Node calls a machine', () => {
  expect(hostPlatform('win32', 'x64')).toEqual({ os: 'windows', architecture: 'amd64' })
  expect(hostPlatform('linux', 'arm64')).toEqual({ os: 'linux', architecture: 'arm64' })
})

function summary(text: string) {
  const platform = parsePlatform(text, { os: 'linux', architecture: 'amd64' })
  return [formatPlatform(platform), platform.osVersion, platform.osFeatures]
}
