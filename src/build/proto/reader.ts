/** Reads protobuf out of bytes. Every method throws for what is cut short or no protobuf. */
export class Reader {
  readonly #bytes: Buffer
  #at = 0
  #end: number

  constructor(data: Uint8Array) {
    this.#bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
    this.#end = data.length
  }

  /** The next field's number and wire type, 0 at the end. */
  tag(): number {
    if (this.#at === this.#end) return 0
    const tag = Number(this.varint())
    if (tag >>> 3 === 0) throw malformed()
    return tag
  }

  /** A number where it is exact, else a bigint. */
  varint(): number | bigint {
    let value = 0
    let factor = 1
    for (let length = 0; length < SMALL; length++) {
      const byte = this.#byte()
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 0x80
    }
    return this.#bigVarint(BigInt(value))
  }

  text(): string {
    const start = this.#take()
    return this.#bytes.toString('utf8', start, this.#at)
  }

  latin1(): string {
    const start = this.#take()
    return this.#bytes.toString('latin1', start, this.#at)
  }

  bytes(): Uint8Array {
    const start = this.#take()
    return this.#bytes.subarray(start, this.#at)
  }

  /** Lets `read` read what is in the field, and no further. */
  nested(read: (reader: Reader) => void): void {
    const start = this.#take()
    const [end, outer] = [this.#at, this.#end]
    this.#at = start
    this.#end = end
    read(this)
    this.#at = end
    this.#end = outer
  }

  /** Passes a field over. */
  skip(wireType: number): void {
    if (wireType === 0) this.varint()
    else if (wireType === 1) this.#advance(8)
    else if (wireType === 2) this.#take()
    else if (wireType === 5) this.#advance(4)
    else throw malformed()
  }

  // Seven bytes fit a double; there are ten at the most.
  #bigVarint(low: bigint): bigint {
    let value = low
    for (let length = SMALL; length < 10; length++) {
      const byte = this.#byte()
      value |= BigInt(byte & 0x7f) << BigInt(7 * length)
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw malformed()
  }

  #byte(): number {
    const byte = this.#at < this.#end ? this.#bytes[this.#at] : undefined
    if (byte === undefined) throw malformed()
    this.#at++
    return byte
  }

  #take(): number {
    const size = Number(this.varint())
    const start = this.#at
    this.#advance(size)
    return start
  }

  #advance(size: number): void {
    if (size > this.#end - this.#at) throw malformed()
    this.#at += size
  }
}

function malformed(): Error {
  return new Error('proto: cannot parse invalid wire-format data')
}

const SMALL = 7
