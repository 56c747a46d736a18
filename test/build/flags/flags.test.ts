import { describe, expect, test } from 'vitest'
import { parseAnnotations } from '../../../src/build/flags/annotation.ts'
import { parseAttests } from '../../../src/build/flags/attest.ts'
import { parseCaches } from '../../../src/build/flags/cache.ts'
import { parseCall } from '../../../src/build/flags/call.ts'
import { parseEntitlements } from '../../../src/build/flags/entitlement.ts'
import { toRecord } from '../../../src/build/flags/fields.ts'
import { parseNamedContexts } from '../../../src/build/flags/named-context.ts'
import { parseOutputs } from '../../../src/build/flags/output.ts'
import { parsePlatforms } from '../../../src/build/flags/platform.ts'
import { parseResources } from '../../../src/build/flags/resource.ts'
import { parseSecrets } from '../../../src/build/flags/secret.ts'
import { parseSsh } from '../../../src/build/flags/ssh.ts'

const host = { os: 'linux', architecture: 'amd64' }

describe('--output (buildx buildflags ParseExports)', () => {
  test.each([
    ['out', { type: 'local', destination: 'out', attributes: {} }],
    ['-', { type: 'tar', destination: '-', attributes: {} }],
    ['type=local,dest=a b', { type: 'local', destination: 'a b', attributes: {} }],
    ['Type=image, Name=x,"Names=a,b"', { type: 'image', destination: '', attributes: { name: 'x', names: 'a,b' } }],
    ['type=oci,dest=a=b', { type: 'oci', destination: 'a=b', attributes: {} }],
  ])('%s', (text, output) => {
    expect(parseOutputs([text, ''])).toEqual([output])
  })

  test.each([
    ['dest=x,a=b', 'type is required for output'],
    ['type=local,x', 'invalid value x'],
    ['type=local,a"b', 'parse error on line 1, column 13: bare " in non-quoted-field'],
  ])('refuses %s', (text, message) => {
    expect(() => parseOutputs([text])).toThrow(message)
  })
})

describe('--attest, --provenance, --sbom', () => {
  test('each type once, the first of it; attributes by name', () => {
    expect([...parseAttests(['type=sbom,z=1,generator=image,"e=a,b"', 'type=sbom'], {})]).toEqual([
      ['sbom', 'type=sbom,"e=a,b",generator=image,z=1'],
    ])
  })

  test.each([
    ['true', 'type=provenance'],
    ['mode=max', 'type=provenance,mode=max'],
    ['false', undefined],
    ['', 'absent'],
  ])('--provenance=%s', (text, expected) => {
    const found = parseAttests([], { provenance: text })
    expect(found.has('provenance') ? found.get('provenance') : 'absent').toBe(expected)
  })

  test.each([
    ['mode=max', 'attestation type not specified'],
    ['type=sbom,disabled=maybe', 'invalid value disabled=maybe: strconv.ParseBool: parsing "maybe": invalid syntax'],
    ['sbom', 'invalid value sbom'],
  ])('refuses %s', (text, message) => {
    expect(() => parseAttests([text], {})).toThrow(message)
  })
})

describe('--cache-from, --cache-to', () => {
  const env = {
    ACTIONS_RUNTIME_TOKEN: 'token',
    ACTIONS_CACHE_URL: 'https://cache.example.com',
    AWS_ACCESS_KEY_ID: 'id',
    AWS_SECRET_ACCESS_KEY: 'key',
    AWS_SESSION_TOKEN: 'session',
  }

  test('references alone, several in one', () => {
    expect(parseCaches(['ref1,ref2', '', 'ref3'], {})).toEqual(
      ['ref1', 'ref2', 'ref3'].map((ref) => ({ type: 'registry', attributes: { ref } })),
    )
  })

  test('what the services need comes from the environment (TestCacheOptions_DerivedVars)', () => {
    expect(parseCaches(['type=gha', 'type=s3,region=us-west-2,bucket=b,name=n'], env)).toEqual([
      { type: 'gha', attributes: { token: 'token', url: 'https://cache.example.com' } },
      {
        type: 's3',
        attributes: {
          region: 'us-west-2',
          bucket: 'b',
          name: 'n',
          access_key_id: 'id',
          secret_access_key: 'key',
          session_token: 'session',
        },
      },
    ])
    expect(parseCaches(['type=gha,version=2'], { ...env, ACTIONS_RESULTS_URL: 'https://r' })[0]?.attributes).toEqual({
      version: '2',
      token: 'token',
      url: 'https://cache.example.com',
      url_v2: 'https://r',
    })
  })

  test('a GitHub cache outside of GitHub is left out; what is given wins', () => {
    expect(parseCaches(['type=gha'], {})).toEqual([])
    expect(parseCaches(['type=gha,token=mine'], env)[0]?.attributes.token).toBe('mine')
    expect(parseCaches(['type=s3,access_key_id=a,secret_access_key=b'], env)[0]?.attributes).toEqual({
      access_key_id: 'a',
      secret_access_key: 'b',
    })
  })

  test('refuses one without a type', () => {
    expect(() => parseCaches(['test=test'], {})).toThrow('type required for "test=test"')
    expect(() => parseCaches(['type=local,x'], {})).toThrow('invalid value x')
  })
})

describe('--call, --check', () => {
  test.each([
    ['build', undefined],
    ['', undefined],
    ['check', { name: 'lint', format: '', ignoreStatus: false }],
    ['outline,format=json', { name: 'outline', format: 'json', ignoreStatus: false }],
    ['check,ignorestatus=true', { name: 'lint', format: '', ignoreStatus: true }],
  ])('%s', (text, call) => {
    expect(parseCall(text)).toEqual(call)
  })

  test.each([
    ['a,b', 'invalid print value: a,b'],
    ['a,x=1', 'invalid print field: x=1'],
    ['a,ignorestatus=x', 'invalid ignorestatus print value: x'],
  ])('refuses %s', (text, message) => {
    expect(() => parseCall(text)).toThrow(message)
  })
})

describe('--secret, --ssh', () => {
  test.each([
    ['id=a', { id: 'a', file: '', variable: '' }],
    ['ID=a,src=/x', { id: 'a', file: '/x', variable: '' }],
    ['id=a,source=/x,type=file', { id: 'a', file: '/x', variable: '' }],
    ['id=a,env=TOKEN', { id: 'a', file: '', variable: 'TOKEN' }],
    ['id=a,type=env,src=TOKEN', { id: 'a', file: '', variable: 'TOKEN' }],
  ])('%s', (text, secret) => {
    expect(parseSecrets([text])).toEqual([secret])
  })

  test.each([
    ['id', "invalid field 'id' must be a key=value pair"],
    ['id=a,foo=b', "unexpected key 'foo' in 'foo=b'"],
    ['id=a,type=vault', 'unsupported secret type "vault"'],
    ['id="a', 'failed to parse csv secret: parse error on line 1'],
  ])('refuses %s', (text, message) => {
    expect(() => parseSecrets([text])).toThrow(message)
  })

  test('ssh: an agent, or keys', () => {
    expect(parseSsh(['default', 'k=/a,/b', ''])).toEqual([
      { id: 'default', paths: [] },
      { id: 'k', paths: ['/a', '/b'] },
    ])
  })
})

describe('--annotation (TestParseAnnotations)', () => {
  test.each<[string, string[]]>([
    ['a=b', ['annotation.a']],
    ['com.example=a', ['annotation.com.example']],
    ['manifest:com.example=a', ['annotation-manifest.com.example']],
    ['manifest[plat/form]:com.example=a', ['annotation-manifest[plat/form].com.example']],
    ['index,manifest:com.example=a', ['annotation-index.com.example', 'annotation-manifest.com.example']],
    ['index[plat/form]:com.example=a', ['annotation-index.com.example']],
  ])('%s', (text, attributes) => {
    expect(parseAnnotations([text], host).map(({ attribute }) => attribute)).toEqual(attributes)
  })

  test.each([
    ['bad:com.example=a', 'parse annotations: unknown annotation type "bad"'],
    ['a', 'parse annotations: invalid annotation "a", expected key=value'],
    ['A:b=c', 'expected type and optional platform in square brackets'],
  ])('refuses %s', (text, message) => {
    expect(() => parseAnnotations([text], host)).toThrow(message)
  })
})

describe('--allow', () => {
  test('what the daemon is told, and what is ours', () => {
    const given = [
      'network.host',
      'security.insecure',
      'device',
      'device=vendor.com/x=1,alias=y',
      'buildx.local.delete',
      '',
    ]
    expect(parseEntitlements(given)).toEqual({ granted: given.slice(0, 4), mayDelete: true })
  })

  test.each([
    ['root', 'unknown entitlement root'],
    ['network.host=x', 'unknown entitlement network.host=x'],
    ['device=a,b', 'invalid device config "b"'],
    ['device=a,b=c', 'unknown device config key "b"'],
    ['buildx.local.delete=1', 'buildx.local.delete does not accept a value'],
  ])('refuses %s', (text, message) => {
    expect(() => parseEntitlements([text])).toThrow(message)
  })
})

describe('--build-context, --platform, --resource, --build-arg', () => {
  test('named contexts, by the name that FROM has', () => {
    expect(parseNamedContexts(['alpine:latest=docker-image://x', 'a/b=dir', 'docker.io/library/c=.', ''])).toEqual({
      alpine: 'docker-image://x',
      'a/b': 'dir',
      c: '.',
    })
    expect(() => parseNamedContexts(['x'])).toThrow('invalid context value: x, expected key=value')
    expect(() => parseNamedContexts(['A=b'])).toThrow('invalid context name A: ')
  })

  test('platforms, any number in one', () => {
    expect(parsePlatforms(['linux/amd64,arm64', 'local'], host)).toEqual(['linux/amd64', 'linux/arm64', 'linux/amd64'])
  })

  test('limits, without those that are zero', () => {
    const given = ['memory=2g', 'memory-swap=-1', 'cpu-shares=0', 'cpu-quota = 50000', 'cpuset-cpus=0-3']
    expect(parseResources(given)).toEqual({ memory: '2147483648', memswap: '-1', cpuquota: '50000', cpusetcpus: '0-3' })
    expect(() => parseResources(['memory'])).toThrow('invalid resource "memory", expected key=value')
    expect(() => parseResources(['toString=1'])).toThrow('unknown resource "toString"')
    expect(() => parseResources(['cpu-period=x'])).toThrow('invalid value "x" for resource cpu-period: ')
  })

  test('pairs', () => {
    expect(toRecord(['a=1', 'b', 'c', 'a=2'], (key) => (key === 'b' ? 'x' : undefined))).toEqual({ a: '2', b: 'x' })
    expect(() => toRecord(['=x'], () => '')).toThrow('invalid key-value pair "=x": empty key')
  })
})
