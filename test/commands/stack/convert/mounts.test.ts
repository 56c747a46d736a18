import { describe, expect, it } from 'vitest'
import { toMount } from '../../../../src/commands/stack/_convert/mounts.ts'
import type { ServiceVolume, VolumeConfig } from '../../../../src/compose/types.ts'

const mount = (volume: ServiceVolume, volumes: Record<string, VolumeConfig> = {}) => toMount('foo', volumes, volume)
const label = { 'com.docker.stack.namespace': 'foo' }

describe('a volume of a service as a mount', () => {
  it('has no source where it is anonymous', () => {
    expect(mount({ type: 'volume', target: '/foo/bar' })).toEqual({ Type: 'volume', Target: '/foo/bar' })
  })

  it('is one of the stack’s volumes, with its driver and labels', () => {
    const normal = { driver: 'glusterfs', driver_opts: { opt: 'value' }, labels: { something: 'labeled' } }
    const from = { type: 'volume', source: 'normal', target: '/foo', read_only: true, volume: { nocopy: true } }
    const wanted = {
      Type: 'volume',
      Source: 'foo_normal',
      Target: '/foo',
      ReadOnly: true,
      VolumeOptions: {
        NoCopy: true,
        Labels: { ...label, something: 'labeled' },
        DriverConfig: { Name: 'glusterfs', Options: { opt: 'value' } },
      },
    }
    expect(mount(from, { normal })).toEqual(wanted)
    expect(mount(from, { normal: { ...normal, name: 'mine' } })).toEqual({ ...wanted, Source: 'mine' })
    expect(normal.labels).toEqual({ something: 'labeled' })
  })

  it('gets no labels where it is not the stack’s own', () => {
    const outside = { name: 'special', external: { external: true }, labels: { a: 'b' }, driver: 'd' }
    const from = { type: 'volume', source: 'outside', target: '/foo', volume: { subpath: 'sub' } }
    expect(mount(from, { outside })).toEqual({
      Type: 'volume',
      Source: 'special',
      Target: '/foo',
      VolumeOptions: { Subpath: 'sub' },
    })
  })

  it('binds, takes an image, and is in memory', () => {
    expect(mount({ type: 'bind', source: '/bar', target: '/foo', bind: { propagation: 'shared' } })).toEqual({
      Type: 'bind',
      Source: '/bar',
      Target: '/foo',
      BindOptions: { Propagation: 'shared' },
    })
    expect(mount({ type: 'npipe', source: '\\\\.\\pipe\\foo', target: '\\\\.\\pipe\\foo' })).toEqual({
      Type: 'npipe',
      Source: '\\\\.\\pipe\\foo',
      Target: '\\\\.\\pipe\\foo',
    })
    expect(mount({ type: 'image', source: 'busybox', target: '/i', image: { subpath: 'etc' } })).toEqual({
      Type: 'image',
      Source: 'busybox',
      Target: '/i',
      ImageOptions: { Subpath: 'etc' },
    })
    expect(mount({ type: 'tmpfs', target: '/foo', tmpfs: { size: 1000 } })).toEqual({
      Type: 'tmpfs',
      Target: '/foo',
      TmpfsOptions: { SizeBytes: 1000 },
    })
  })

  it('is a cluster volume of the stack, or of a group that is none’s', () => {
    const volumes = { csi: {}, named: { name: 'bar' } }
    const from = (source: string) => ({ type: 'cluster', source, target: '/srv' })
    expect(mount(from('csi'), volumes)).toEqual({
      Type: 'cluster',
      Source: 'foo_csi',
      Target: '/srv',
      ClusterOptions: {},
    })
    expect(mount(from('named'), volumes).Source).toBe('bar')
    expect(mount(from('group:mygroup'), {}).Source).toBe('group:mygroup')
    expect(() => mount(from('toString'), volumes)).toThrow('undefined volume "toString"')
  })

  it.each<[ServiceVolume, string]>([
    [{ type: 'foo' }, 'volume type must be volume, bind, tmpfs, npipe, or cluster'],
    [{ type: 'toString' }, 'volume type must be volume, bind, tmpfs, npipe, or cluster'],
    [{ type: 'volume', source: 'unknown' }, 'undefined volume "unknown"'],
    [{ type: 'volume', source: 'foo', bind: {} }, 'bind options are incompatible with type volume'],
    [{ type: 'volume', source: 'foo', tmpfs: {}, bind: {} }, 'tmpfs options are incompatible with type volume'],
    [{ type: 'volume', image: {} }, 'images options are incompatible with type volume'],
    [{ cluster: {} }, 'cluster options are incompatible with type volume'],
    [{ type: 'image' }, 'invalid image source, source cannot be empty'],
    [{ type: 'image', source: 'i', volume: {} }, 'volume options are incompatible with type image'],
    [{ type: 'image', source: 'i', cluster: {} }, 'cluster options are incompatible with type image'],
    [{ type: 'bind', bind: {} }, 'invalid bind source, source cannot be empty'],
    [{ type: 'bind', source: '/foo', volume: {} }, 'volume options are incompatible with type bind'],
    [{ type: 'bind', source: '/foo', image: {} }, 'image options are incompatible with type bind'],
    [{ type: 'bind', source: '/foo', tmpfs: {} }, 'tmpfs options are incompatible with type bind'],
    [{ type: 'bind', source: '/foo', bind: {}, cluster: {} }, 'cluster options are incompatible with type bind'],
    [{ type: 'tmpfs', source: '/bar' }, 'invalid tmpfs source, source must be empty'],
    [{ type: 'tmpfs', bind: {} }, 'bind options are incompatible with type tmpfs'],
    [{ type: 'tmpfs', volume: {} }, 'volume options are incompatible with type tmpfs'],
    [{ type: 'tmpfs', tmpfs: {}, cluster: {} }, 'cluster options are incompatible with type tmpfs'],
    [{ type: 'npipe', volume: {} }, 'invalid npipe source, source cannot be empty'],
    [{ type: 'npipe', source: 'p', tmpfs: {} }, 'tmpfs options are incompatible with type npipe'],
    [{ type: 'cluster' }, 'invalid cluster source, source cannot be empty'],
    [{ type: 'cluster', source: 'c', tmpfs: {} }, 'tmpfs options are incompatible with type cluster'],
    [{ type: 'cluster', source: 'c', bind: {} }, 'bind options are incompatible with type cluster'],
    [{ type: 'cluster', source: 'c', volume: {} }, 'volume options are incompatible with type cluster'],
  ])('is not %j', (volume, message) => {
    expect(() => mount(volume)).toThrow(message)
  })
})
