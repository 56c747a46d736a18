import { describe, expect, it } from 'vitest'
import { parseEnvFile } from '../../src/parse/env-file.ts'

const values: Record<string, string> = { HOSTVAR: 'from host', EMPTY: '' }

describe('parseEnvFile', () => {
  it.each<[string, unknown]>([
    ['', []],
    ['A=B\nC=D\n', ['A=B', 'C=D']],
    ['A=B', ['A=B']],
    ['# c\n\nA=B', ['A=B']],
    ['  A=B', ['A=B']],
    ['A=B  ', ['A=B  ']],
    ['A= B', ['A= B']],
    ['A\n', []],
    ['HOSTVAR\nEMPTY\nNOPE', ['HOSTVAR=from host', 'EMPTY=']],
    ['\ufeffA=B', ['A=B']],
    ['A=B\n\ufeffC=D', ['A=B', '\ufeffC=D']],
    ['A=B\r\nC=D\r\n', ['A=B', 'C=D']],
    ['A=b=c', ['A=b=c']],
    ['\t#c', []],
    ['A="x y"', ['A="x y"']],
    ['A=é', ['A=é']],
    ['\u00a0A=B', ['A=B']],
    ['\u0085A=B', ['A=B']],
    ['A=B\rC=D', ['A=B\rC=D']],
    ['A=#x', ['A=#x']],
    ['x\u00a0y=1', ['x\u00a0y=1']],
    ['HOSTVAR\r\n', ['HOSTVAR=from host']],
    ['A=1\n\n\nB', ['A=1']],
    ['A=' + 'x'.repeat(65533), ['A=' + 'x'.repeat(65533)]],
    ['B=1\nA=' + 'x'.repeat(65533) + '\nC=2', ['B=1', 'A=' + 'x'.repeat(65533), 'C=2']],
  ])('reads %j', (text, value) => {
    expect(parseEnvFile(Buffer.from(text), 'f', (name) => values[name])).toEqual(value)
  })
  it.each<[string, string]>([
    ['A B=C', "invalid env file (f): variable 'A B' contains whitespaces"],
    ['HOSTVAR ', "invalid env file (f): variable 'HOSTVAR ' contains whitespaces"],
    ['=B', "invalid env file (f): no variable name on line '=B'"],
    ['=', "invalid env file (f): no variable name on line '='"],
    ['A\tB=x', "invalid env file (f): variable 'A\tB' contains whitespaces"],
    ['A=' + 'x'.repeat(65534), 'invalid env file (f): bufio.Scanner: token too long'],
    ['B=1\nA=' + 'x'.repeat(65534) + '\nC=2', 'invalid env file (f): bufio.Scanner: token too long'],
  ])('refuses %j', (text, message) => {
    expect(() => parseEnvFile(Buffer.from(text), 'f', (name) => values[name])).toThrow(new Error(message))
  })
})

it('names the bytes of a line that is not UTF-8', () => {
  const bytes = Uint8Array.from([0x41, 0x3d, 0x31, 0x0a, 0xff, 0xfe, 0x42])
  const message = 'invalid env file (x.list): invalid utf8 bytes at line 2: [255 254 66]'
  expect(() => parseEnvFile(bytes, 'x.list', () => undefined)).toThrow(new Error(message))
})
