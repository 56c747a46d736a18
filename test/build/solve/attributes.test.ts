import { describe, expect, test } from 'vitest'
import type { BuildFlags } from '../../../src/build/flags/options.ts'
import { toFrontend } from '../../../src/build/solve/attributes.ts'
import { readBuilder } from '../../../src/build/solve/builder.ts'
import { containerdBuilder, optionsOf, plainBuilder } from './options.ts'

function attributes(
  flags: BuildFlags,
  { env = {}, builder = plainBuilder, proxies = [] as [string, string][] } = {},
): Record<string, string> {
  const { attributes: found } = toFrontend(optionsOf(flags, env), builder, { env, proxies })
  const { 'image-resolve-mode': mode, ...rest } = found
  return mode === 'local' ? rest : found
}

describe('what the frontend is told', () => {
  test.each<[string, BuildFlags, Record<string, string>]>([
    ['nothing but where images come from', {}, {}],
    ['--pull', { pull: true }, { 'image-resolve-mode': 'pull' }],
    ['--target', { target: 'prod' }, { target: 'prod' }],
    [
      '--build-arg, --label',
      { buildArg: ['A=1'], label: ['l', 'm=2'] },
      { 'build-arg:A': '1', 'label:l': '', 'label:m': '2' },
    ],
    ['--no-cache', { noCache: true }, { 'no-cache': '' }],
    ['--no-cache-filter', { noCacheFilter: ['a', 'b'] }, { 'no-cache': 'a,b' }],
    ['--network', { network: 'host' }, { 'force-network-mode': 'host' }],
    ['--network=default', { network: 'default' }, {}],
    ['--shm-size', { shmSize: 1024 }, { 'shm-size': '1024' }],
    ['--ulimit', { ulimit: [{ Name: 'nofile', Soft: 1, Hard: 2 }] }, { ulimit: 'nofile=1:2' }],
    [
      '--add-host',
      { addHost: ['a:1.2.3.4', 'b:::1', 'c:host-gateway'] },
      { 'add-hosts': 'a=1.2.3.4,b=::1,c=172.17.0.1' },
    ],
    ['--platform', { platform: ['arm64'] }, { platform: 'linux/arm64' }],
    [
      '--cgroup-parent, --resource',
      { cgroupParent: 'x', resource: ['memory=1k'] },
      { 'cgroup-parent': 'x', memory: '1024' },
    ],
    [
      'BUILDKIT_MULTI_PLATFORM',
      { buildArg: ['BUILDKIT_MULTI_PLATFORM=1'] },
      { 'multi-platform': 'true', 'build-arg:BUILDKIT_MULTI_PLATFORM': '1' },
    ],
  ])('%s', (_, flags, expected) => {
    expect(attributes(flags)).toEqual(expected)
  })

  test('build arguments from the environment, and the time that images are dated with', () => {
    expect(attributes({ buildArg: ['SET', 'UNSET'] }, { env: { SET: 'x', SOURCE_DATE_EPOCH: '0' } })).toEqual({
      'build-arg:SET': 'x',
      'build-arg:SOURCE_DATE_EPOCH': '0',
    })
  })

  test('proxies, but for those that are given in whichever case', () => {
    const proxies: [string, string][] = [
      ['HTTP_PROXY', 'p'],
      ['http_proxy', 'p'],
      ['NO_PROXY', 'n'],
    ]
    expect(attributes({ buildArg: ['http_proxy=mine'] }, { proxies })).toEqual({
      'build-arg:http_proxy': 'mine',
      'build-arg:NO_PROXY': 'n',
    })
  })

  test('a frontend that is an image', () => {
    const { frontend, attributes: found } = toFrontend(
      optionsOf({ buildArg: ['BUILDKIT_SYNTAX= docker/dockerfile:1 --x'] }),
      plainBuilder,
      { env: {}, proxies: [] },
    )
    expect(frontend).toBe('gateway.v0')
    expect(found).toMatchObject({ source: 'docker/dockerfile:1', cmdline: ' docker/dockerfile:1 --x' })
    expect(() => attributes({ buildArg: ['BUILDKIT_SYNTAX='] })).toThrow('empty BUILDKIT_SYNTAX build-arg is invalid')
  })

  test('provenance by default where it can be made, unless told otherwise', () => {
    const builder = containerdBuilder
    const provenance = { 'attest:provenance': 'mode=min,inline-only=true' }
    expect(attributes({}, { builder })).toEqual(provenance)
    expect(attributes({ provenance: 'false' }, { builder })).toEqual({})
    expect(attributes({}, { builder, env: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' } })).toEqual({})
    expect(attributes({ sbom: 'true' }, { builder })).toEqual({ ...provenance, 'attest:sbom': 'type=sbom' })
    expect(() => attributes({}, { builder, env: { BUILDX_NO_DEFAULT_ATTESTATIONS: 'x' } })).toThrow(
      'invalid BUILDX_NO_DEFAULT_ATTESTATIONS: ',
    )
  })

  test.each<[BuildFlags, RegExp]>([
    [
      { sbom: 'true' },
      /^Attestation is not supported for the docker driver\.\n.*containerd image store.*\nLearn more at/,
    ],
    [{ platform: ['linux/amd64,linux/arm64'] }, /^Multi-platform build is not supported for the docker driver/],
    [{ network: 'mine' }, /^network mode "mine" not supported by buildkit/],
  ])('refuses %j where it cannot be', (flags, message) => {
    expect(() => attributes(flags)).toThrow(message)
  })

  test('host-gateway of an engine that does not say what that is', () => {
    expect(() =>
      attributes({ addHost: ['a:host-gateway'] }, { builder: { ...plainBuilder, hostGateway: '' } }),
    ).toThrow('unable to derive the IP value for host-gateway: host-gateway IP not found')
  })
})

test('what an engine can do is told by the labels of its workers', () => {
  const name = 'org.mobyproject.buildkit.worker'
  const labels = { [`${name}.snapshotter`]: 'overlayfs', [`${name}.moby.host-gateway-ip`]: '10.0.0.1' }
  expect(readBuilder([{ labels, buildkitVersion: { version: 'v0.22.0' } }])).toEqual({
    hasContainerdStore: true,
    hostGateway: '10.0.0.1',
    version: 'v0.22.0',
  })
  expect(readBuilder([{ labels: {} }])).toEqual({ hasContainerdStore: false, hostGateway: '', version: '' })
})
