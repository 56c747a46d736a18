/** A `uint32` as ssh writes it (RFC 4251, section 5). */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** A `string`: any bytes, their length before them. */
export function string(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value)
  return Buffer.concat([uint32(bytes.length), bytes])
}

/** A positive number, of big-endian bytes, as a `mpint`: in as few bytes as it needs, the first one's highest bit 0. */
export function mpint(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const needed = first < 0 ? new Uint8Array() : bytes.subarray(first)
  return string((needed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), needed]) : needed)
}

/** Reads what ssh wrote. Throws where there is not enough. */
export class WireReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  uint32(): number {
    return this.take(4).readUInt32BE()
  }

  string(): Buffer {
    return this.take(this.uint32())
  }

  /** A `mpint` without leading zeros. */
  mpint(): Buffer {
    const bytes = this.string()
    return bytes.subarray(
      Math.max(
        0,
        bytes.findIndex((byte) => byte !== 0),
      ),
    )
  }

  take(size: number): Buffer {
    if (size > this.#bytes.length - this.#at) throw new Error('ssh: short read')
    this.#at += size
    return this.#bytes.subarray(this.#at - size, this.#at)
  }
}
