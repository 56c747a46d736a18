import { describe, expect, test } from 'vitest'
import type { BuildFlags } from '../../../src/build/flags/options.ts'
import { type Exporter, toExporters } from '../../../src/build/solve/exporters.ts'
import { containerdBuilder, optionsOf, plainBuilder } from './options.ts'

const kept: Exporter = { type: 'moby', attributes: {} }

interface Given {
  builder?: Parameters<typeof toExporters>[1]
  env?: Record<string, string>
  warn?: (text: string) => void
}

function exporters(
  flags: BuildFlags,
  { builder = plainBuilder, env = {}, warn = () => undefined }: Given = {},
): Exporter[] {
  return toExporters(optionsOf(flags, env), builder, { env, warn })
}

describe('what becomes of the result', () => {
  test.each<[string, BuildFlags, Exporter[]]>([
    ['no output: the engine keeps it', {}, [kept]],
    ['by its names', { tag: ['a', 'b:1'] }, [{ type: 'moby', attributes: { name: 'a,b:1' } }]],
    ['--load is the same', { load: true }, [kept]],
    ['--load once', { load: true, output: ['type=docker'] }, [kept]],
    ['type=image', { output: ['type=image,name=x'] }, [{ type: 'moby', attributes: { name: 'x' } }]],
    ['a folder', { output: ['out'] }, [{ type: 'local', attributes: {}, folder: 'out' }]],
    ['a tar on stdout', { output: ['-'] }, [{ type: 'tar', attributes: {}, file: '-' }]],
    ['a tar', { output: ['type=tar,dest=x.tar'] }, [{ type: 'tar', attributes: {}, file: 'x.tar' }]],
    ['type=cacheonly: nothing', { output: ['type=cacheonly'] }, []],
    [
      '--push',
      { push: true, tag: ['r/x'] },
      [{ type: 'moby', attributes: { name: 'r/x', push: 'true', unpack: 'false' } }],
    ],
    [
      '--push of an image that is kept already',
      { push: true, output: ['type=image,name=r/x,unpack=true'] },
      [{ type: 'moby', attributes: { name: 'r/x', push: 'true', unpack: 'true' } }],
    ],
    [
      'type=registry',
      { output: ['type=registry,name=r/x'] },
      [{ type: 'moby', attributes: { name: 'r/x', push: 'true', unpack: 'false' } }],
    ],
    ['annotations', { annotation: ['a=b'] }, [{ type: 'moby', attributes: { 'annotation.a': 'b' } }]],
  ])('%s', (_, flags, expected) => {
    expect(exporters(flags)).toEqual(expected)
  })

  test('nothing, for a question to the frontend or where loading is switched off', () => {
    expect(exporters({ call: 'check' })).toEqual([])
    expect(exporters({}, { env: { BUILDX_NO_DEFAULT_LOAD: '1' } })).toEqual([])
  })

  test('what is neither yes nor no switches nothing off, and is told of', () => {
    const said: string[] = []
    const warn = (text: string): void => void said.push(text)
    expect(exporters({}, { env: { BUILDX_NO_DEFAULT_LOAD: 'maybe' }, warn })).toHaveLength(1)
    expect(said).toEqual(['invalid non-bool value for BUILDX_NO_DEFAULT_LOAD: maybe'])
  })

  test("where images are containerd's they are known by their digest, and can be files", () => {
    const builder = containerdBuilder
    expect(exporters({}, { builder })).toEqual([{ type: 'moby', attributes: { 'prefer-image-digest': 'true' } }])
    expect(exporters({ output: ['type=oci,dest=x.tar'], tag: ['t'] }, { builder })).toEqual([
      { type: 'oci', attributes: { name: 't' }, file: 'x.tar' },
    ])
    expect(exporters({ output: ['type=oci,dest=x,tar=false'] }, { builder })).toEqual([
      { type: 'oci', attributes: { tar: 'false' }, folder: 'x' },
    ])
    expect(exporters({ output: ['type=docker,dest=x.tar'] }, { builder })[0]).toMatchObject({ type: 'docker' })
  })

  test.each<[BuildFlags, string]>([
    [{ output: ['type=local'] }, 'dest is required for local exporter'],
    [{ output: ['type=local,dest=-'] }, 'dest cannot be stdout for local exporter'],
    [{ output: ['type=oci'] }, 'OCI exporter is not supported for the docker driver.'],
    [{ output: ['type=docker,dest=x'] }, 'Docker exporter is not supported for the docker driver.'],
    [{ push: true }, 'tag is needed when pushing to registry'],
    [
      { tag: ['r/x'], output: ['type=image,push=true,push-by-digest=true'] },
      'push-by-digest is currently not implemented',
    ],
    [{ annotation: ['index:a=b'] }, 'index annotations not supported for single platform export'],
    [{ tag: ['A'] }, 'invalid tag "A": '],
  ])('refuses %j', (flags, message) => {
    expect(() => exporters(flags)).toThrow(message)
  })

  test('several, where the builder is new enough', () => {
    const flags = { output: ['out', 'type=image'] }
    expect(exporters(flags).map(({ type }) => type)).toEqual(['local', 'moby'])
    for (const version of ['', 'v0.12.5', 'v0.8.2+x']) {
      expect(() => exporters(flags, { builder: { ...plainBuilder, version } })).toThrow('multiple outputs currently')
    }
  })

  test('no manifest lists in a docker file', () => {
    const flags = { platform: ['linux/amd64,linux/arm64'], output: ['type=docker,dest=x'] }
    expect(() => exporters(flags, { builder: containerdBuilder })).toThrow('does not support exporting manifest lists')
  })
})
