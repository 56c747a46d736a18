import { describe, expect, it } from 'vitest'
import { parseMount, toAbsoluteMount } from '../../src/parse/mount.ts'

describe('parseMount', () => {
  it.each<[string, unknown]>([
    ['type=bind,source=/host,target=/ctr', { Type: 'bind', Source: '/host', Target: '/ctr' }],
    [
      'type=bind,source=/host,destination=/ctr,readonly',
      { Type: 'bind', Source: '/host', Target: '/ctr', ReadOnly: true },
    ],
    ['type=bind,src=/h,dst=/c,ro', { Type: 'bind', Source: '/h', Target: '/c', ReadOnly: true }],
    ['type=bind,source=/h,target=/c,readonly=false', { Type: 'bind', Source: '/h', Target: '/c' }],
    ['type=bind,source=/h,target=/c,ro=0', { Type: 'bind', Source: '/h', Target: '/c' }],
    ['type=bind,source=/h,target=/c,ro=1', { Type: 'bind', Source: '/h', Target: '/c', ReadOnly: true }],
    ['type=bind', { Type: 'bind' }],
    ['target=/c', { Type: 'volume', Target: '/c' }],
    ['TYPE=BIND,Source=/h,Target=/c', { Type: 'bind', Source: '/h', Target: '/c' }],
    [
      'type=bind,source=/h,target=/c,bind-propagation=RShared',
      { Type: 'bind', Source: '/h', Target: '/c', BindOptions: { Propagation: 'rshared' } },
    ],
    ['type=bind,bind-propagation=bogus', { Type: 'bind', BindOptions: { Propagation: 'bogus' } }],
    ['type=bind,bind-recursive=enabled', { Type: 'bind' }],
    ['type=bind,bind-recursive=disabled', { Type: 'bind', BindOptions: { NonRecursive: true } }],
    [
      'type=bind,readonly,bind-recursive=writable',
      { Type: 'bind', ReadOnly: true, BindOptions: { ReadOnlyNonRecursive: true } },
    ],
    [
      'type=bind,readonly,bind-propagation=rprivate,bind-recursive=readonly',
      { Type: 'bind', ReadOnly: true, BindOptions: { Propagation: 'rprivate', ReadOnlyForceRecursive: true } },
    ],
    ['type=volume,bind-recursive=enabled', { Type: 'volume' }],
    ['type=bind,bind-create-src', { Type: 'bind', BindOptions: { CreateMountpoint: true } }],
    ['type=bind,bind-create-src=false', { Type: 'bind', BindOptions: {} }],
    ['type=bind,consistency=Cached', { Type: 'bind', Consistency: 'cached' }],
    ['type=volume,volume-nocopy', { Type: 'volume', VolumeOptions: { NoCopy: true } }],
    ['volume-nocopy=false', { Type: 'volume', VolumeOptions: {} }],
    [
      'type=volume,volume-label=a=b,volume-label=c,volume-label==x',
      { Type: 'volume', VolumeOptions: { Labels: { a: 'b', c: '' } } },
    ],
    ['type=volume,volume-label==x', { Type: 'volume', VolumeOptions: {} }],
    [
      'type=volume,volume-driver=local,volume-opt=type=nfs,volume-opt=device=:/x',
      { Type: 'volume', VolumeOptions: { DriverConfig: { Name: 'local', Options: { device: ':/x', type: 'nfs' } } } },
    ],
    [
      'type=volume,"volume-opt=o=addr=1.2.3.4,rw"',
      { Type: 'volume', VolumeOptions: { DriverConfig: { Options: { o: 'addr=1.2.3.4,rw' } } } },
    ],
    ['type=volume,volume-subpath=sub', { Type: 'volume', VolumeOptions: { Subpath: 'sub' } }],
    ['type=tmpfs,tmpfs-size=64m,tmpfs-mode=1777', { Type: 'tmpfs', TmpfsOptions: { SizeBytes: 67108864, Mode: 1023 } }],
    ['type=tmpfs,tmpfs-mode=0', { Type: 'tmpfs', TmpfsOptions: {} }],
    ['type=image,image-subpath=x', { Type: 'image', ImageOptions: { Subpath: 'x' } }],
    ['type=bogus', { Type: 'bogus' }],
    ['type=cluster,source=x,target=/y', { Type: 'cluster', Source: 'x', Target: '/y' }],
    ['source=x,source=y', { Type: 'volume', Source: 'y' }],
    ['type=bind,source=/a/../b', { Type: 'bind', Source: '/a/../b' }],
    [' type=bind ', { Type: 'bind' }],
    ['READONLY', { Type: 'volume', ReadOnly: true }],
  ])('reads %j', (text, value) => {
    expect(parseMount(text)).toEqual(value)
  })
  it.each<[string, string]>([
    [
      'type=bind,source=/h,target=/c,readonly=maybe',
      'invalid value for \'readonly\': invalid boolean value ("maybe"): must be one of "true", "1", "false", or "0" (default "true")',
    ],
    [
      'type=bind,source=/h,target=/c,ro=True',
      'invalid value for \'ro\': invalid boolean value ("True"): must be one of "true", "1", "false", or "0" (default "true")',
    ],
    ['', 'value is empty'],
    ['  ', 'value is empty'],
    ['type', "invalid field 'type' must be a key=value pair"],
    ['type=', "invalid value for 'type': value is empty"],
    ['type= bind', "invalid value for 'type' in 'type= bind': value should not have whitespace"],
    ['type=bind, source=/h', "invalid option 'source' in ' source=/h': option should not have whitespace"],
    ['type=bind,source=/h ,target=/c', "invalid value for 'source' in 'source=/h ': value should not have whitespace"],
    ['bogus=1', "unknown option 'bogus' in 'bogus=1'"],
    ['bogus', "invalid field 'bogus' must be a key=value pair"],
    ['type=bind,,target=/c', "invalid field '' must be a key=value pair"],
    ['type=bind,bind-nonrecursive', 'bind-nonrecursive is deprecated, use bind-recursive=disabled instead'],
    ['type=bind,bind-nonrecursive=true', 'bind-nonrecursive is deprecated, use bind-recursive=disabled instead'],
    [
      'type=bind,bind-recursive=writable',
      "option 'bind-recursive=writable' requires 'readonly' to be specified in conjunction",
    ],
    [
      'type=bind,bind-recursive=readonly',
      "option 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction",
    ],
    [
      'type=bind,readonly,bind-recursive=readonly',
      "option 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in conjunction",
    ],
    [
      'type=bind,bind-recursive=bogus',
      'invalid value for bind-recursive: bogus (must be "enabled", "disabled", "writable", or "readonly")',
    ],
    [
      'type=bind,bind-create-src=no',
      'invalid value for \'bind-create-src\': invalid boolean value ("no"): must be one of "true", "1", "false", or "0" (default "true")',
    ],
    ['type=bind,volume-nocopy', "cannot mix 'volume-*' options with mount type 'bind'"],
    ['type=tmpfs,tmpfs-mode=999', 'invalid value for tmpfs-mode: 999'],
    ['type=tmpfs,tmpfs-size=big', 'invalid value for tmpfs-size: big'],
    ['type=tmpfs,tmpfs-mode=40000000000', 'invalid value for tmpfs-mode: 40000000000'],
    ['type=volume,image-subpath=x', "cannot mix 'image-*' options with mount type 'volume'"],
    ['type=bind,tmpfs-size=1', "cannot mix 'tmpfs-*' options with mount type 'bind'"],
    ['type=tmpfs,volume-nocopy', "cannot mix 'volume-*' options with mount type 'tmpfs'"],
    ['readonly=', "invalid value for 'readonly': value is empty"],
    ['source', "invalid field 'source' must be a key=value pair"],
    ['type=bind,"a"b', 'parse error on line 1, column 13: extraneous or missing " in quoted-field'],
    ['type=bind,volume-bogus=1', "unknown option 'volume-bogus' in 'volume-bogus=1'"],
    ['type=bind,tmpfs-bogus=1', "unknown option 'tmpfs-bogus' in 'tmpfs-bogus=1'"],
    ['type=bind,bind-bogus', "invalid field 'bind-bogus' must be a key=value pair"],
    [
      'volume-nocopy=x',
      'invalid value for \'volume-nocopy\': invalid boolean value ("x"): must be one of "true", "1", "false", or "0" (default "true")',
    ],
    ['image-bogus=1', "unknown option 'image-bogus' in 'image-bogus=1'"],
  ])('refuses %j', (text, message) => {
    expect(() => parseMount(text)).toThrow(new Error(message))
  })
})

it.each([
  ['./rel', '/cwd/rel'],
  ['.', '/cwd'],
  ['../x', '/x'],
  ['.hidden', '/cwd/.hidden'],
  ['rel', 'rel'],
])('makes the source %j absolute only where it begins with a dot', (source, absolute) => {
  const mount = parseMount(`type=bind,source=${source},target=/c`)
  expect(toAbsoluteMount(mount, () => '/cwd')).toEqual({ ...mount, Source: absolute })
})
