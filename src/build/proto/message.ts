import type { Field } from './field.ts'
import { Reader } from './reader.ts'
import { Writer, type Allocate } from './writer.ts'

// oxlint-disable-next-line typescript/no-explicit-any
type Fields = Readonly<Record<string, Field<any, any>>>

/** A kind of message: its fields by the names that they have here. */
export interface Message<F extends Fields = Fields> {
  readonly fields: F
}

/** A message as reading gives it: every field is there, with its zero where the message had none. */
export type Full<M extends Message> = {
  -readonly [K in keyof M['fields']]: M['fields'][K] extends Field<infer T, infer _> ? T : never
}

/** A message as writing takes it: what is left out has its zero. */
export type Init<M extends Message> = {
  readonly [K in keyof M['fields']]?: (M['fields'][K] extends Field<infer _, infer T> ? T : never) | undefined
}

/** Declares a kind of message. */
export function message<F extends Fields>(fields: F): Message<F> {
  return { fields }
}

/** A field that is a message itself; undefined where a message has none. */
export function embedded<M extends Message>(number: number, type: M): Field<Full<M> | undefined, Init<M>> {
  return {
    number,
    zero: () => undefined,
    write: (writer, value) => writer.tag(number, 2).nested(() => write(type, writer, value)),
    read: (reader, _, before) => {
      const value = before ?? zero(type)
      reader.nested((inside) => readInto(type, inside, value))
      return value
    },
  }
}

/** A message as bytes, `room` of them left free in front, in a buffer of `allocate`. */
export function encode<M extends Message>(type: M, value: Init<M>, room = 0, allocate?: Allocate): Buffer {
  const writer = new Writer(room, allocate)
  write(type, writer, value)
  return writer.finish()
}

/** The message that the bytes are; fields that the type does not have are passed over. Throws for what is no protobuf. */
export function decode<M extends Message>(type: M, data: Uint8Array): Full<M> {
  const value = zero(type)
  readInto(type, new Reader(data), value)
  return value
}

function write<M extends Message>(type: M, writer: Writer, value: Init<M>): void {
  for (const name of Object.keys(value)) {
    const field = type.fields[name]
    const each: unknown = value[name]
    if (field !== undefined && each !== undefined) field.write(writer, each)
  }
}

function zero<M extends Message>(type: M): Full<M> {
  return Object.fromEntries(Object.entries(type.fields).map(([name, field]) => [name, field.zero()])) as Full<M>
}

function readInto<M extends Message>(type: M, reader: Reader, value: Full<M>): void {
  const names = namesOf(type)
  for (let tag = reader.tag(); tag !== 0; tag = reader.tag()) {
    const name = names.get(tag >>> 3)
    const field = name === undefined ? undefined : type.fields[name]
    if (name === undefined || field === undefined) reader.skip(tag & 7)
    else
      (value as Record<string, unknown>)[name] = field.read(reader, tag & 7, (value as Record<string, unknown>)[name])
  }
}

const namesByType = new WeakMap<Message, Map<number, string>>()

function namesOf(type: Message): Map<number, string> {
  let names = namesByType.get(type)
  if (names === undefined) {
    names = new Map(Object.entries(type.fields).map(([name, { number }]) => [number, name]))
    namesByType.set(type, names)
  }
  return names
}
