import { dictionary } from './dictionary.ts'

/**
 * Go's types and values, as far as templates, `fmt` and `encoding/json` can see them. A third of this long file is the table below.
 *
 * A `Type` describes a Go type (`reflect.Type`), a `Value` is a type plus what JavaScript holds for it
 * (`reflect.Value`); the zero `reflect.Value` is `undefined`. What JavaScript holds ("raw"), by kind:
 *
 *   bool      boolean
 *   int*, uint*  number, or bigint beyond 2^53
 *   float*    number          complex128  [real, imaginary]
 *   string    string (bytes that are not UTF-8 are lone surrogates U+DC80..U+DCFF, see strings.ts)
 *   slice     array of raw elements, null for nil ([]byte: Uint8Array)      array  array
 *   map       plain object or Map of raw elements, null for nil
 *   struct    object keyed by the JSON names of its fields, embedded structs flat in it: what `JSON.parse` gives for
 *             the wire form. A missing key is the field's zero value.
 *   struct with a text form (time.Time, netip.Addr, ...)  that text
 *   ptr       raw of what it points to, null for nil
 *   interface Value, or null for nil; anything else stands for what encoding/json would decode into an `any`
 *   func      JavaScript function
 *
 * So a typed view of a wire object is `value(containerSummary, wire)`, no copy made:
 *
 *   const port = struct('container.PortSummary', { IP: str, PrivatePort: uint16, Type: field(str, 'Type,omitempty') })
 *   const containerSummary = struct('container.Summary', { ID: field(str, 'Id'), Names: slice(str), Ports: slice(port) })
 */
export type Kind =
  | 'bool'
  | IntKind
  | UintKind
  | 'float32'
  | 'float64'
  | 'complex128'
  | 'string'
  | 'slice'
  | 'array'
  | 'map'
  | 'ptr'
  | 'struct'
  | 'interface'
  | 'func'
export type IntKind = 'int' | 'int8' | 'int16' | 'int32' | 'int64'
export type UintKind = 'uint' | 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'uintptr'

export interface Type {
  readonly kind: Kind
  /** As Go prints it (`reflect.Type.String()`): `string`, `[]string`, `container.Summary`. Same name, same type. */
  readonly name: string
  /** True for types declared with a name of their own; false for `[]string`, `*T`, `map[K]V`. */
  readonly named: boolean
  /** Of slice, array, map and ptr. */
  readonly elem?: Type
  readonly key?: Type
  readonly length?: number
  readonly fields?: readonly Field[]
  readonly func?: Signature
  /** Methods of T, by name. `String` (no arguments, giving a string) makes it a fmt.Stringer. */
  readonly methods?: Methods
  /** Methods of *T only. */
  readonly pointerMethods?: Methods
  /** A struct whose raw form is text; what encoding.TextMarshaler and TextUnmarshaler are in Go. */
  readonly text?: TextForm
  /** Marshals as the object of its methods' results, the way docker's formatter contexts do. */
  readonly view?: boolean
  /** The unexported fields of a view's struct, which templates may name and not read. */
  readonly hidden?: readonly string[]
  /** What is written in its place as JSON (json.Marshaler). */
  readonly marshal?: (raw: never) => Value
}

export interface Field {
  readonly name: string
  readonly type: Type
  readonly json: string
  readonly omit?: 'empty' | 'zero' | undefined
  /** The `,string` option. */
  readonly quoted?: boolean | undefined
  readonly embedded?: boolean | undefined
}

export interface TextForm {
  readonly zero: string
  /** JSON string to raw; throws an Error with Go's message when it is not valid. */
  decode?(text: string): string
  /** What decoding any JSON value but a string and null says, for a type that reads JSON by itself. */
  onlyText?: string
  encode?(raw: string): string
  compare?(a: string, b: string): number
}

export type Methods = Readonly<Record<string, Method>>
/** A method: `call` takes the receiver's raw form and the raw arguments, and gives the raw form of `out`. */
export interface Method extends Signature {
  readonly call: (receiver: never, ...args: never[]) => unknown
  /** What a view's JSON takes in place of `call`: contexts that know that they are marshalled. */
  readonly marshal?: (receiver: never) => unknown
}
export interface Signature {
  readonly in: readonly Type[]
  readonly out: Type
  /** The last of `in` is the type of each further argument. */
  readonly variadic?: boolean
  /** The Go method also returns an error: formatter contexts leave such methods out of their JSON. */
  readonly fails?: boolean
}

const brand = Symbol.for('docket.go.Value')

export class Value {
  readonly type: Type
  readonly raw: unknown
  /** Addressable: methods of *T can be called on it. */
  readonly addr: boolean
  readonly [brand] = true
  constructor(type: Type, raw: unknown, addr: boolean) {
    this.type = type
    this.raw = raw
    this.addr = addr
  }
}

/** A Go value of this type from its raw form; a missing (`undefined`) raw form is the type's zero value. */
export function value(type: Type, raw: unknown, addr = false): Value {
  return new Value(type, raw === undefined ? zero(type) : raw, addr)
}

export function isValue(x: unknown): x is Value {
  return typeof x === 'object' && x !== null && brand in x
}

const basic = (kind: Kind): Type => ({ kind, name: kind, named: true })
export const bool = basic('bool')
export const int = basic('int')
export const int8 = basic('int8')
export const int64 = basic('int64')
export const uint = basic('uint')
export const uint8 = basic('uint8')
export const uint16 = basic('uint16')
export const uint32 = basic('uint32')
export const uint64 = basic('uint64')
export const float32 = basic('float32')
export const float64 = basic('float64')
export const complex128 = basic('complex128')
export const str = basic('string')
/** `interface{}`. */
export const any: Type = { kind: 'interface', name: 'interface {}', named: false }
/** The result of a method whose Go type is that of what it gives. */
export const inferred: Type = { ...any }
/** As a parameter or result of a template function: the value as it stands, with its static type (`Value`). */
export const reflectValue: Type = { kind: 'struct', name: 'reflect.Value', named: true }

export const slice = (elem: Type): Type => ({ kind: 'slice', name: `[]${elem.name}`, named: false, elem })
export const array = (length: number, elem: Type): Type => ({
  kind: 'array',
  name: `[${length}]${elem.name}`,
  named: false,
  length,
  elem,
})
export const map = (key: Type, elem: Type): Type => ({
  kind: 'map',
  name: `map[${key.name}]${elem.name}`,
  named: false,
  key,
  elem,
})
export const ptr = (elem: Type): Type => ({ kind: 'ptr', name: `*${elem.name}`, named: false, elem })

/** A type of its own over another one: `named('container.State', str)`, `named('time.Duration', int64, { String: ... })`. */
export function named(name: string, of: Type, methods: Methods = {}): Type {
  return { ...of, name, named: true, methods }
}

/** A struct whose raw form is text, with methods that take that text: time.Time, netip.Addr, network.Port. */
export function textual(name: string, text: TextForm, methods: Methods = {}): Type {
  return { kind: 'struct', name, named: true, text, methods, fields: [] }
}

export type FieldSpec = Type | Omit<Field, 'name'>

/**
 * A struct type. Fields stand in Go's order: a bare type when the JSON name is the Go name, else `field(type, tag)`
 * or `embed(type)`. Give a function when the type refers to itself.
 */
export function struct(
  name: string,
  fields: Record<string, FieldSpec> | (() => Record<string, FieldSpec>),
  methods: Methods = {},
  pointerMethods: Methods = {},
): Type {
  let resolved: Field[] | undefined
  return {
    kind: 'struct',
    name,
    named: true,
    methods,
    pointerMethods,
    get fields() {
      resolved ??= Object.entries(typeof fields === 'function' ? fields() : fields).map(([key, spec]) =>
        toField(key, spec),
      )
      return resolved
    },
  }
}

/** A struct field with a `json` tag as in Go: `field(str, 'Id')`, `field(int64, 'SizeRw,omitempty')`, `field(str, '-')`. */
export function field(type: Type, tag: string): Omit<Field, 'name'> {
  const comma = tag.indexOf(',')
  if (comma === -1) return { type, json: tag }
  const options = tag.slice(comma + 1).split(',')
  const omit = options.includes('omitempty') ? 'empty' : options.includes('omitzero') ? 'zero' : undefined
  return { type, json: tag.slice(0, comma), omit, quoted: options.includes('string') }
}

/** An embedded struct (or pointer to one) without a JSON name: its fields and methods are the outer struct's too. */
export function embed(type: Type): Omit<Field, 'name'> {
  return { type, json: '', embedded: true }
}

function toField(name: string, spec: FieldSpec): Field {
  if ('kind' in spec) return { name, type: spec, json: name }
  // Written out: a spread takes V8 several times as long, for the hundreds of fields that a command starts with.
  const { type, json, omit, quoted, embedded } = spec
  return { name, type, json: json || embedded ? json : name, omit, quoted, embedded }
}

/** A method or template function giving `out`; its arguments have the types `params`. */
export function method<R = never>(
  out: Type,
  call: (receiver: R, ...args: never[]) => unknown,
  ...params: Type[]
): Method {
  return { in: params, out, call }
}

/**
 * A view: the type of a pointer to a struct of which only methods can be seen, as docker's formatter contexts are.
 * A plain function's result has the Go type of what it gives: string, bool, int, []string; `method(type, fn)` says another one.
 *
 *   const containerContext = methods('*formatter.ContainerContext', {
 *     ID: (c: Row) => c.id,
 *     Size: method(int64, (c: Row) => c.size),
 *     Label: method(str, (c: Row, name: string) => c.labels[name] ?? '', str),
 *   })
 *   template.execute(value(containerContext, row))
 */
export function methods<R>(
  name: string,
  table: Record<string, ((row: R) => unknown) | Method>,
  hidden: readonly string[] = [],
): Type {
  const all = dictionary<Method>()
  for (const [key, entry] of Object.entries(table)) {
    all[key] = typeof entry === 'function' ? { in: [], out: inferred, call: (row: R) => fromResult(entry(row)) } : entry
  }
  const plain = name.startsWith('*') ? name.slice(1) : name
  return ptr({ kind: 'struct', name: plain, named: true, fields: [], pointerMethods: all, view: true, hidden })
}

function fromResult(x: unknown): Value | undefined {
  if (typeof x === 'bigint' || Number.isInteger(x)) return new Value(int, x, false)
  if (Array.isArray(x) && x.every((e) => typeof e === 'string')) return new Value(slice(str), x, false)
  return dynamic(x)
}

/** What an interface holds: the value inside, or `undefined` when it is nil. Plain JavaScript becomes what encoding/json would make of it. */
export function dynamic(x: unknown): Value | undefined {
  if (x === null || x === undefined) return undefined
  if (isValue(x)) return x.type.kind === 'interface' ? dynamic(x.raw) : x
  switch (typeof x) {
    case 'boolean':
      return new Value(bool, x, false)
    case 'string':
      return new Value(str, x, false)
    case 'number':
      return new Value(float64, x, false)
    case 'bigint':
      return new Value(int64, x, false)
    case 'object':
      if (x instanceof Uint8Array) return new Value(slice(uint8), x, false)
      return Array.isArray(x) ? new Value(anySlice, x, false) : new Value(anyMap, x, false)
    default:
      return undefined
  }
}

export const anySlice = slice(any)
export const anyMap = map(str, any)

/** The raw form of a type's zero value. */
export function zero(type: Type): unknown {
  switch (type.kind) {
    case 'bool':
      return false
    case 'string':
      return ''
    case 'complex128':
      return [0, 0]
    case 'struct':
      return type.text ? type.text.zero : {}
    case 'array':
      return Array.from({ length: type.length ?? 0 }, () => zero(type.elem as Type))
    case 'slice':
    case 'map':
    case 'ptr':
    case 'interface':
    case 'func':
      return null
    default:
      return 0
  }
}
