/** The TypeScript twins of the Go types with which vectors.json is made (test/vectors/types.go, templates.go). */
import { decode, decodeAny } from '../../../src/go/decode.ts'
import { duration } from '../../../src/go/duration-type.ts'
import { time } from '../../../src/go/time.ts'
import {
  any,
  array,
  bool,
  embed,
  field,
  float32,
  float64,
  int,
  int64,
  int8,
  map,
  method,
  methods,
  named,
  ptr,
  slice,
  str,
  struct,
  uint,
  uint16,
  uint64,
  uint8,
  value,
  type Type,
  type Value,
} from '../../../src/go/types.ts'

type Raw = Record<string, unknown>

const color = named('main.Color', str)
const level = named('main.Level', int, { String: method(str, (n: number) => `L${n}`) })
const text = (raw: unknown): string => (typeof raw === 'string' ? raw : '')

const inner: Type = struct(
  'main.Inner',
  {
    Name: field(str, 'name'),
    Port: field(uint16, 'port,omitempty'),
    On: bool,
    Tags: slice(str),
    Meta: map(str, any),
  },
  {
    Hello: method(str, (r: Raw, who: string) => `hello ${who} from ${text(r['name'])}`, str),
    Sum: method(int, (_: Raw, a: number, b: number) => a + b, int, int),
    Fail: {
      ...method(str, () => {
        throw new Error('failed')
      }),
      fails: true,
    },
    Many: { ...method(str, (_: Raw, ...all: string[]) => all.join('+'), str), variadic: true },
    get Itself() {
      return method(ptr(inner), (r: Raw) => r)
    },
  },
  { Ptr: method(str, (r: Raw) => `ptr ${text(r['name'])}`) },
)

const base = struct(
  'main.Base',
  { ID: field(str, 'Id'), Created: time, Size: field(int64, ',omitempty') },
  {
    Short: method(str, (r: Raw) => {
      const id = text(r['Id'])
      if (id.length < 3) throw new Error(`runtime error: slice bounds out of range [:3] with length ${id.length}`)
      return id.slice(0, 3)
    }),
  },
)

const extra = struct('main.Extra', { Note: str, ID: field(int, 'extra_id') })

export const root: Type = struct('main.Root', {
  Base: embed(base),
  Extra: embed(ptr(extra)),
  S: str,
  Empty: str,
  B: bool,
  I: int,
  I8: int8,
  I64: int64,
  U: uint,
  U8: uint8,
  U64: uint64,
  F: float64,
  F32: float32,
  Bytes: slice(uint8),
  Strs: slice(str),
  NilStrs: slice(str),
  Ints: slice(int),
  Grid: slice(slice(int)),
  Arr: array(3, int),
  M: map(str, str),
  NilM: map(str, str),
  MI: map(int, str),
  MS: map(str, inner),
  MP: map(str, ptr(inner)),
  P: ptr(inner),
  NilP: ptr(inner),
  PS: ptr(str),
  In: inner,
  Ins: slice(inner),
  Ptrs: slice(ptr(inner)),
  Any: any,
  NilAny: any,
  Anys: slice(any),
  MA: map(str, any),
  Color: color,
  Level: level,
  Levels: slice(level),
  D: duration,
  T: time,
  TP: ptr(time),
  hidden: int,
  Skip: field(str, '-'),
  Q: field(int, ',string'),
  Z: field(inner, ',omitzero'),
  OmitS: field(slice(str), 'omit_s,omitempty'),
  OmitM: field(map(str, int), ',omitempty'),
  OmitP: field(ptr(inner), ',omitempty'),
  LV: map(level, int),
})

const view = methods<Raw>('*main.View', {
  ID: () => 'abc123',
  Names: () => ['a', 'b<c'],
  Count: () => 7,
  Label: method(str, (_: Raw, name: string) => `label:${name}`, str),
  Ok: () => true,
  Nothing: () => null,
  Inner: method(ptr(inner), () => ({ name: 'in', port: 80 })),
  NilInner: method(ptr(inner), () => null),
  Map: method(map(str, str), () => ({ z: '1', a: '<&>' })),
})

/** The values the vectors name, from their JSON. */
export function goData(json: Record<string, string>): Record<string, Value | undefined> {
  const rootText = json['root'] as string
  return {
    root: value(ptr(root), decode(root, rootText).raw),
    value: decode(root, rootText),
    zero: value(root, {}),
    any: decodeAny(json['any'] as string),
    number: decodeAny(json['any'] as string, { useNumber: true }),
    list: decodeAny(json['list'] as string),
    str: decodeAny(json['str'] as string),
    num: decodeAny(json['num'] as string),
    nil: undefined,
    view: value(view, {}),
  }
}
