import { dictionary } from '../../go/dictionary.ts'
import { Reader } from './reader.ts'
import { Writer } from './writer.ts'

/**
 * One field of a message as protobuf writes it: its number, how its value is written and read. `Full` is what reading gives,
 * `Init` what writing takes; a value that is not set, or is its type's zero, is not written (proto3).
 */
export interface Field<Full, Init = Full> {
  readonly number: number
  /** What a message without the field has. */
  zero(): Full
  write(writer: Writer, value: Init): void
  /** The field's value once more bytes of it were read; `before` is what it has been so far. */
  read(reader: Reader, wireType: number, before: Full): Full
}

/** Text. */
export function string(number: number): Field<string> {
  return delimited(number, '', {
    write: (writer, value) => writer.text(value),
    read: (reader) => reader.text(),
  })
}

/** Text that need not be UTF-8, as names of files: its bytes, one a character. */
export function byteString(number: number): Field<string> {
  return delimited(number, '', {
    write: (writer, value) => writer.latin1(value),
    read: (reader) => reader.latin1(),
  })
}

/** Bytes; what is read is a view of the message that it came in. */
export function bytes(number: number): Field<Uint8Array> {
  const write = (writer: Writer, value: Uint8Array): void => writer.bytes(value)
  return {
    ...delimited<Uint8Array>(number, EMPTY, { write, read: (reader) => reader.bytes() }),
    write: (writer, value) => {
      if (value.length > 0) writer.tag(number, DELIMITED).bytes(value)
    },
  }
}

/** `uint32`, and enumerations. */
export function uint32(number: number): Field<number> {
  return varint(number, 0, (value) => value >>> 0, Number)
}

/** `int32`, and enumerations with negative values. */
export function int32(number: number): Field<number> {
  return varint(number, 0, asSigned, (value) => Number(BigInt.asIntN(32, BigInt(value))))
}

/** `int64` where no value beyond 2^53 makes sense: sizes, line numbers, seconds. */
export function int64(number: number): Field<number> {
  return varint(number, 0, asSigned, (value) => (typeof value === 'number' ? value : Number(BigInt.asIntN(64, value))))
}

/** `int64` in full, as times in nanoseconds need it. */
export function bigint64(number: number): Field<bigint> {
  return varint(number, 0n, asSigned, (value) => BigInt.asIntN(64, BigInt(value)))
}

export function bool(number: number): Field<boolean> {
  return varint(number, false, Number, (value) => value !== 0)
}

/** Any number of the values that `field` has one of. */
export function repeated<Full, Init>(field: Field<Full, Init>): Field<Exclude<Full, undefined>[], readonly Init[]> {
  return {
    number: field.number,
    zero: () => [],
    write: (writer, values) => {
      for (const value of values) writer.always(field, value)
    },
    read: (reader, wireType, before) => {
      before.push(field.read(reader, wireType, field.zero()) as Exclude<Full, undefined>)
      return before
    },
  }
}

/** Values by name: on the wire, messages of a key (1) and a value (2). */
export function map<Full, Init>(
  number: number,
  valueOf: (number: number) => Field<Full, Init>,
): Field<Record<string, Exclude<Full, undefined>>, Readonly<Record<string, Init>>> {
  const key = string(1)
  const value = valueOf(2)
  return {
    number,
    zero: () => dictionary<Exclude<Full, undefined>>(),
    write: (writer, entries) => {
      for (const [name, each] of Object.entries(entries)) {
        writer.tag(number, DELIMITED).nested(() => {
          key.write(writer, name)
          value.write(writer, each)
        })
      }
    },
    read: (reader, _, before) => {
      let name = ''
      let content = value.zero()
      reader.nested((entry) => {
        for (let tag = entry.tag(); tag !== 0; tag = entry.tag()) {
          if (tag >>> 3 === 1) name = key.read(entry, tag & 7, name)
          else if (tag >>> 3 === 2) content = value.read(entry, tag & 7, content)
          else entry.skip(tag & 7)
        }
      })
      before[name] = content as Exclude<Full, undefined>
      return before
    },
  }
}

interface Codec<T> {
  write(writer: Writer, value: T): void
  read(reader: Reader): T
}

function delimited<T>(number: number, zero: T, codec: Codec<T>): Field<T> {
  return {
    number,
    zero: () => zero,
    write: (writer, value) => {
      if (value !== zero) codec.write(writer.tag(number, DELIMITED), value)
    },
    read: (reader) => codec.read(reader),
  }
}

function varint<T>(
  number: number,
  zero: T,
  toWire: (value: T) => number | bigint,
  fromWire: (value: number | bigint) => T,
): Field<T> {
  return {
    number,
    zero: () => zero,
    write: (writer, value) => {
      if (value !== zero) writer.tag(number, VARINT).varint(toWire(value))
    },
    read: (reader) => fromWire(reader.varint()),
  }
}

// A negative number is written as 64 bits of two's complement.
function asSigned(value: number | bigint): number | bigint {
  return value < 0 ? BigInt.asUintN(64, BigInt(value)) : value
}

const VARINT = 0
const DELIMITED = 2
const EMPTY = new Uint8Array(0)
