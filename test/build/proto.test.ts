import { expect, test } from 'vitest'
import {
  bigint64,
  bool,
  byteString,
  bytes,
  int32,
  int64,
  map,
  repeated,
  string,
  uint32,
} from '../../src/build/proto/field.ts'
import { decode, embedded, encode, message } from '../../src/build/proto/message.ts'
import { bytesMessage, fileSend, fileSync, packet, PacketType, stat } from '../../src/build/proto/filesync.ts'
import { auth, ssh, upload } from '../../src/build/proto/session.ts'
import { methodPaths } from '../../src/build/grpc/server.ts'

const inner = message({ a: int32(1) })
const outer = message({
  text: string(1),
  raw: byteString(2),
  data: bytes(3),
  on: bool(4),
  count: uint32(5),
  signed: int32(6),
  size: int64(7),
  time: bigint64(8),
  one: embedded(9, inner),
  many: repeated(embedded(10, inner)),
  texts: repeated(string(11)),
  labels: map(12, string),
  inners: map(13, (number) => embedded(number, inner)),
})

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(' ', ''), 'hex')

// The bytes are those of the encoding's own description (protobuf.dev/programming-guides/encoding).
test.each([
  ['a varint', { count: 150 }, '28 96 01'],
  ['text', { text: 'testing' }, '0a 07 74657374696e67'],
  ['a message in a message', { one: { a: 150 } }, '4a 03 08 96 01'],
  ['a negative number, in ten bytes', { signed: -2 }, '30 fe ff ff ff ff ff ff ff ff 01'],
  ['a negative size', { size: -1 }, '38 ff ff ff ff ff ff ff ff ff 01'],
  ['a number beyond 32 bits', { size: 5_000_000_000 }, '38 80 e4 97 d0 12'],
  ['nanoseconds', { time: 1_700_000_000_123_456_789n }, '40 95 9a 97 ec e3 9f e7 cb 17'],
  ['a time before 1970', { time: -1n }, '40 ff ff ff ff ff ff ff ff ff 01'],
  ['the largest uint32', { count: 0xffffffff }, '28 ff ff ff ff 0f'],
  ['true', { on: true }, '20 01'],
  ['a name that is no UTF-8', { raw: '\xff\xfe' }, '12 02 ff fe'],
  ['bytes', { data: Buffer.from([0]) }, '1a 01 00'],
  ['lists, empty elements included', { texts: ['', 'b'], many: [{}, { a: 1 }] }, '5a 00 5a 01 62 52 00 52 02 08 01'],
  ['a map', { labels: { k: 'v' } }, '62 06 0a 01 6b 12 01 76'],
  ['a map of messages', { inners: { k: { a: 1 } } }, '6a 07 0a 01 6b 12 02 08 01'],
])('%s is written and read as protobuf has it', (_, value, expected) => {
  const written = encode(outer, value)
  expect(written.toString('hex')).toBe(hex(expected).toString('hex'))
  expect(decode(outer, written)).toMatchObject(value)
})

test('zeros are not written, and read where nothing is', () => {
  expect(encode(outer, { text: '', count: 0, data: new Uint8Array(), time: 0n, texts: [], on: false })).toHaveLength(0)
  expect(decode(outer, Buffer.alloc(0))).toMatchObject({ text: '', count: 0, time: 0n, texts: [], one: undefined })
})

test('a message longer than its first guess, and one inside of 200 bytes and of 70,000, are whole', () => {
  for (const size of [127, 128, 200, 16_383, 16_384, 70_000]) {
    const path = 'p'.repeat(size)
    const read = decode(packet, encode(packet, { type: 2, stat: { path, size: 1 }, data: Buffer.alloc(size, 7) }))
    expect(read.stat?.path).toBe(path)
    expect(read.stat?.size).toBe(1)
    expect(read.data).toEqual(Buffer.alloc(size, 7))
  }
})

test('fields that are not known are passed over', () => {
  expect(decode(inner, hex('7801 79 0102030405060708 7d 01020304 7a 02 6162 08 05'))).toEqual({ a: 5 })
})

test('a field that comes twice counts the last time, a message in parts is put together', () => {
  const both = message({ x: int32(1), y: int32(2) })
  const holder = message({ both: embedded(1, both), n: int32(2) })
  expect(decode(holder, hex('0a02 0801 0a02 1002 10 01 10 02'))).toEqual({ both: { x: 1, y: 2 }, n: 2 })
})

test.each([
  ['text that is longer than the message', '0a 05 61'],
  ['a length beyond all', '0a ff ff ff ff ff ff ff ff 7f 61'],
  ['a varint without an end', '28 ff ff ff ff ff ff ff ff ff ff ff'],
  ['a cut varint', '28 96'],
  ['field 0', '00 01'],
  ['a group', '2b'],
  ['an inner message that goes on beyond it', '4a 02 08 96 01'],
])('%s is an error', (_, text) => {
  expect(() => decode(outer, hex(text))).toThrow('proto: cannot parse invalid wire-format data')
})

test("a file's description is as fsutil writes it", () => {
  const written = encode(stat, {
    path: 'a/b',
    mode: 0o644,
    size: 5,
    modTime: 1_000_000_000n,
    linkname: 'c',
    xattrs: { 'user.x': Buffer.from('1') },
  })
  expect(written.toString('hex')).toBe(
    hex('0a03 612f62 10a403 2805 308094ebdc03 3a01 63 520b 0a06 757365722e78 1201 31').toString('hex'),
  )
})

test("the session's services have the names that the daemon calls them by", () => {
  const paths = methodPaths([fileSync, fileSend, auth, ssh, upload].map((service) => ({ service, handlers: {} })))
  expect(paths).toEqual([
    '/moby.filesync.v1.FileSync/DiffCopy',
    '/moby.filesync.v1.FileSend/DiffCopy',
    '/moby.filesync.v1.Auth/Credentials',
    '/moby.filesync.v1.Auth/FetchToken',
    '/moby.filesync.v1.Auth/GetTokenAuthority',
    '/moby.filesync.v1.Auth/VerifyTokenAuthority',
    '/moby.sshforward.v1.SSH/CheckAgent',
    '/moby.sshforward.v1.SSH/ForwardAgent',
    '/moby.upload.v1.Upload/Pull',
  ])
})

test('packets and bytes are told apart by who asked for them only', () => {
  expect(encode(packet, { type: PacketType.fin }).toString('hex')).toBe('0803')
  expect(encode(bytesMessage, { data: Buffer.from('a') }).toString('hex')).toBe('0a0161')
})
