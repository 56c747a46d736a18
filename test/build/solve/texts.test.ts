import { describe, expect, test } from 'vitest'
import { GrpcError } from '../../../src/build/grpc/status.ts'
import { cacheAttributes, toCaches } from '../../../src/build/solve/caches.ts'
import { buildFailure } from '../../../src/build/solve/failure.ts'
import { imageId, metadataText } from '../../../src/build/solve/metadata.ts'
import { hasGitQuery, isRemote, isSshRepository } from '../../../src/build/solve/remote.ts'
import { toSolveRequest } from '../../../src/build/solve/request.ts'
import { containerdBuilder, optionsOf, plainBuilder } from './options.ts'

describe('which contexts the builder fetches', () => {
  test.each([
    ['https://example.com/a.tar.gz', true],
    ['https://example.com/a.git#main:dir', true],
    ['git://example.com/a', true],
    ['ssh://git@example.com/a', true],
    ['git@github.com:moby/moby', true],
    ['github.com/moby/moby', true],
    ['./github.com/moby', false],
    ['ftp://example.com/a', false],
    ['dir', false],
    ['host:path', false],
  ])('%s: %s', (text, expected) => {
    expect(isRemote(text)).toBe(expected)
  })

  test('those that need an agent, and those that have a query', () => {
    expect(['git@github.com:a/b', 'ssh://x/y', 'https://x/y.git', 'git://x/y'].map(isSshRepository)).toEqual([
      true,
      true,
      false,
      false,
    ])
    const urls = ['https://x/y.git?ref=z', 'https://x/y.git#main', 'https://x/y.tar?a=b', 'https://x/y.git#a?b']
    expect(urls.map(hasGitQuery)).toEqual([true, false, false, false])
  })
})

describe('a build that fails', () => {
  const value = Buffer.from(
    JSON.stringify({
      info: { filename: 'Dockerfile', data: Buffer.from('FROM x\nRUN false').toString('base64') },
      ranges: [{ start: { line: 2 }, end: { line: 2 } }],
    }),
  )

  test('the lines, then the reason', () => {
    const details = [
      { typeUrl: 'github.com/moby/buildkit/errdefs.Source+json', value },
      { typeUrl: 'github.com/moby/buildkit/stack.Stack+json', value },
    ]
    const { message, exitCode } = buildFailure(new GrpcError('Unknown', 'exit code: 1', { details }), 'Look there.')
    expect(message).toBe(
      'Dockerfile:2\n--------------------\n   1 |     FROM x\n   2 | >>> RUN false\n--------------------\n' +
        'ERROR: failed to build: failed to solve: exit code: 1\nLook there.',
    )
    expect(exitCode).toBe(1)
  })

  test('the exit status tells what kind of failure it is', () => {
    const codes = (['Internal', 'ResourceExhausted', 'Canceled', 'NotFound'] as const).map(
      (code) => buildFailure(new GrpcError(code, 'x')).exitCode,
    )
    expect(codes).toEqual([100, 102, 130, 1])
  })

  test('what failed on this side has no lines and no advice', () => {
    expect(buildFailure(new Error('no such file'), 'Look there.').message).toBe('ERROR: failed to build: no such file')
  })

  test('a frontend that is too old', () => {
    const said = 'unsupported frontend capability moby.buildkit.frontend.contexts'
    expect(
      buildFailure(new GrpcError('Unknown', `failed to solve with frontend dockerfile.v0: ${said}`)).message,
    ).toMatch(/^ERROR: failed to build: current frontend does not support --build-context\. Named contexts/)
  })
})

describe('what the exporters say', () => {
  test('the ID: of the configuration, else of the manifest', () => {
    expect(imageId({ 'containerimage.digest': 'b', 'containerimage.config.digest': 'a' })).toBe('a')
    expect(imageId({ 'containerimage.digest': 'b' })).toBe('b')
    expect(imageId({})).toBe('')
  })

  test('the metadata: objects and lists of them as such, in the order of names', () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64')
    const response = {
      z: base64('{"b":1,"a":["<x>"]}'),
      'image.name': 'docker.io/library/x:latest',
      list: base64('[{"a":1}]'),
      numbers: base64('[1]'),
      empty: base64('{}'),
      'result.json': '{"k":{}}',
    }
    expect(metadataText(response)).toBe(`{
  "empty": "e30=",
  "image.name": "docker.io/library/x:latest",
  "list": [
    {
      "a": 1
    }
  ],
  "numbers": "WzFd",
  "result.json": {
    "k": {}
  },
  "z": {
    "b": 1,
    "a": [
      "\\u003cx\\u003e"
    ]
  }
}`)
  })
})

test('the warnings in a metadata file, each once', () => {
  const warning = { vertex: 'a', level: 1, short: Buffer.from('x'), detail: [], url: '', ranges: [] }
  const warnings = [warning, { ...warning, vertex: 'b' }, { ...warning, url: 'u' }]
  expect(JSON.parse(metadataText({ 'image.name': 'x' }, warnings))).toEqual({
    'buildx.build.warnings': [
      { vertex: 'a', level: 1, short: 'eA==' },
      { vertex: 'a', level: 1, short: 'eA==', url: 'u' },
    ],
    'image.name': 'x',
  })
})

describe('caches', () => {
  test('as the frontend and the solver are told of them', () => {
    const caches = toCaches(optionsOf({ cacheFrom: ['r'], buildArg: ['BUILDKIT_INLINE_CACHE=1'] }), plainBuilder)
    expect(cacheAttributes(caches)).toEqual({ 'cache-imports': '[{"Type":"registry","Attrs":{"ref":"r"}}]' })
    expect(caches.exports).toEqual([{ type: 'inline', attributes: {} }])
  })

  test.each([
    [plainBuilder, { cacheTo: ['r'] }, 'Cache export is not supported for the docker driver.'],
    [containerdBuilder, { cacheTo: ['type=registry'] }, 'registry cache exporter requires ref'],
    [containerdBuilder, { cacheTo: ['type=local'] }, 'local cache exporter requires dest'],
    [plainBuilder, { cacheFrom: ['type=local'] }, 'local cache importer requires src'],
  ])('refused: %#', (builder, flags, message) => {
    expect(() => toCaches(optionsOf(flags), builder)).toThrow(message)
  })
})

test('the request', () => {
  const options = optionsOf({ network: 'host', allow: ['security.insecure'] })
  const request = toSolveRequest(options, {
    ref: 'ref',
    session: 'session',
    frontend: { frontend: 'dockerfile.v0', attributes: { target: 'x' } },
    commit: {},
    inputs: { filename: 'Dockerfile' },
    exporters: [{ type: 'moby', attributes: { name: 'n' } }],
    caches: { imports: [{ type: 'registry', attributes: { ref: 'r' } }], exports: [] },
  })
  expect(request).toEqual({
    ref: 'ref',
    session: 'session',
    frontend: 'dockerfile.v0',
    frontendAttrs: {
      target: 'x',
      filename: 'Dockerfile',
      'cache-imports': '[{"Type":"registry","Attrs":{"ref":"r"}}]',
    },
    exporters: [{ type: 'moby', attrs: { name: 'n' } }],
    exporterDeprecated: 'moby',
    exporterAttrsDeprecated: { name: 'n' },
    cache: { imports: [{ type: 'registry', attrs: { ref: 'r' } }], exports: [] },
    entitlements: ['security.insecure', 'network.host'],
    sourcePolicy: undefined,
  })
})
