/** Detach keys found, or not, in what was typed. */
export interface Scanned {
  /** What is forwarded to the container. */
  readonly data: Uint8Array
  /** The whole sequence was typed; what came after it is dropped. */
  readonly detached: boolean
}

/**
 * Looks for the detach keys in what is typed. The beginning of the sequence is held back until what follows shows that it
 * is not one; a key that breaks the sequence does not begin another (moby/term proxy.go).
 */
export class DetachScanner {
  private readonly keys: Uint8Array
  private matched = 0

  constructor(keys: Uint8Array) {
    this.keys = keys
  }

  scan(typed: Uint8Array): Scanned {
    const held = this.matched
    for (let i = 0; i < typed.length; i++) {
      if (typed[i] !== this.keys[this.matched]) {
        this.matched = 0
        continue
      }
      this.matched += 1
      if (this.matched < this.keys.length) continue
      return { data: this.joined(held, typed, i + 1 - this.matched), detached: true }
    }
    return { data: this.joined(held, typed, typed.length - this.matched), detached: false }
  }

  // What was held back turned out not to be the sequence when anything at all goes on.
  private joined(held: number, typed: Uint8Array, end: number): Uint8Array {
    if (end <= 0) return typed.subarray(0, 0)
    const data = typed.subarray(0, end)
    return held === 0 ? data : Buffer.concat([this.keys.subarray(0, held), data])
  }
}
