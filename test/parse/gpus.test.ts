import { describe, expect, it } from 'vitest'
import { parseGpus } from '../../src/parse/gpus.ts'

describe('parseGpus', () => {
  it.each<[string, unknown]>([
    ['all', { Driver: '', Count: -1, DeviceIDs: null, Capabilities: [['gpu']], Options: {} }],
    ['2', { Driver: '', Count: 2, DeviceIDs: null, Capabilities: [['gpu']], Options: {} }],
    ['0', { Driver: '', Count: 0, DeviceIDs: null, Capabilities: [['gpu']], Options: {} }],
    ['-1', { Driver: '', Count: -1, DeviceIDs: null, Capabilities: [['gpu']], Options: {} }],
    ['device=GPU-1', { Driver: '', Count: 0, DeviceIDs: ['GPU-1'], Capabilities: [['gpu']], Options: {} }],
    ['count=1,driver=nvidia', { Driver: 'nvidia', Count: 1, DeviceIDs: null, Capabilities: [['gpu']], Options: {} }],
    [
      'count=all,"capabilities=utility,compute"',
      { Driver: '', Count: -1, DeviceIDs: null, Capabilities: [['utility', 'compute', 'gpu']], Options: {} },
    ],
    [
      'driver=nvidia,device=1,capabilities=gpu',
      { Driver: 'nvidia', Count: 0, DeviceIDs: ['1'], Capabilities: [['gpu', 'gpu']], Options: {} },
    ],
    ['"device=0,1"', { Driver: '', Count: 0, DeviceIDs: ['0', '1'], Capabilities: [['gpu']], Options: {} }],
    ['options=k=v,count=1', { Driver: '', Count: 1, DeviceIDs: null, Capabilities: [['gpu']], Options: { k: 'v' } }],
    [
      '"options=a=1,b=2"',
      { Driver: '', Count: 1, DeviceIDs: null, Capabilities: [['gpu']], Options: { a: '1', b: '2' } },
    ],
    [
      '"options=""a=1"",b"',
      { Driver: '', Count: 1, DeviceIDs: null, Capabilities: [['gpu']], Options: { a: '1', b: '' } },
    ],
    ['device=', { Driver: '', Count: 0, DeviceIDs: [''], Capabilities: [['gpu']], Options: {} }],
    ['device=1,2', { Driver: '', Count: 2, DeviceIDs: ['1'], Capabilities: [['gpu']], Options: {} }],
  ])('reads %j', (text, value) => {
    expect(parseGpus(text)).toEqual(value)
  })
  it.each<[string, string]>([
    ['bogus', 'invalid count (bogus): value must be either "all" or an integer: invalid syntax'],
    ['bogus=1', "unexpected key 'bogus' in 'bogus=1'"],
    ['', 'EOF'],
    ['count=x', 'invalid count (x): value must be either "all" or an integer: invalid syntax'],
    ['count=1,count=2', "gpu request key 'count' can be specified only once"],
    ['all,all', "gpu request key 'all' can be specified only once"],
    ['count=1.5', 'invalid count (1.5): value must be either "all" or an integer: invalid syntax'],
    [
      'count=99999999999999999999',
      'invalid count (99999999999999999999): value must be either "all" or an integer: value out of range',
    ],
    ['1,count=2', "gpu request key 'count' can be specified only once"],
    ['"a', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
    ['options="', 'parse error on line 1, column 9: bare " in non-quoted-field'],
    ['options=', 'failed to read gpu options: EOF'],
    [
      '"options=""a"',
      'failed to read gpu options: parse error on line 1, column 3: extraneous or missing " in quoted-field',
    ],
  ])('refuses %j', (text, message) => {
    expect(() => parseGpus(text)).toThrow(new Error(message))
  })
})
