/** Gives a buffer of at least so many bytes. */
export type Allocate = (size: number) => Buffer

/** Writes protobuf into a buffer that grows. */
export class Writer {
  readonly #allocate: Allocate
  #buffer: Buffer
  #at: number

  /** `room` bytes at the beginning are left free. */
  constructor(room = 0, allocate: Allocate = (size) => Buffer.allocUnsafe(size)) {
    this.#allocate = allocate
    this.#buffer = allocate(256 + room)
    this.#at = room
  }

  /** What was written, and the room before it. */
  finish(): Buffer {
    return this.#buffer.subarray(0, this.#at)
  }

  tag(number: number, wireType: number): this {
    this.varint((number << 3) | wireType)
    return this
  }

  varint(value: number | bigint): void {
    this.#reserve(10)
    if (typeof value === 'bigint' && value > 0x7fff_ffffn) this.#bigVarint(value)
    else this.#varint(Number(value))
  }

  text(value: string): void {
    const size = Buffer.byteLength(value)
    this.varint(size)
    this.#reserve(size)
    this.#at += this.#buffer.write(value, this.#at, 'utf8')
  }

  latin1(value: string): void {
    this.varint(value.length)
    this.#reserve(value.length)
    this.#at += this.#buffer.write(value, this.#at, 'latin1')
  }

  bytes(value: Uint8Array): void {
    this.varint(value.length)
    this.#reserve(value.length)
    this.#buffer.set(value, this.#at)
    this.#at += value.length
  }

  /** Writes a length and then what `write` writes, whose length is known after it only. */
  nested(write: () => void): void {
    const start = this.#at
    this.#reserve(1)
    this.#at++
    write()
    const size = this.#at - start - 1
    const more = size < 0x80 ? 0 : Math.floor((31 - Math.clz32(size)) / 7)
    if (more > 0) {
      this.#reserve(more)
      this.#buffer.copyWithin(start + 1 + more, start + 1, this.#at)
    }
    this.#at = start
    this.#varint(size)
    this.#at += size
  }

  /** Writes a value of a list, which is there even where it is its type's zero. */
  always<T>(field: { number: number; write(writer: Writer, value: T): void }, value: T): void {
    const before = this.#at
    field.write(this, value)
    if (this.#at === before) this.tag(field.number, typeof value === 'number' ? 0 : 2).varint(0)
  }

  #varint(value: number): void {
    let rest = value
    while (rest > 0x7f) {
      this.#buffer[this.#at++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#buffer[this.#at++] = rest
  }

  #bigVarint(value: bigint): void {
    let rest = value
    while (rest > 0x7fn) {
      this.#buffer[this.#at++] = Number(rest & 0x7fn) | 0x80
      rest >>= 7n
    }
    this.#buffer[this.#at++] = Number(rest)
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#buffer.length) return
    const larger = this.#allocate(Math.max(this.#buffer.length * 2, this.#at + size))
    this.#buffer.copy(larger, 0, 0, this.#at)
    this.#buffer = larger
  }
}
