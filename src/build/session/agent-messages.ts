/** Kinds of messages between a program and an ssh agent (draft-miller-ssh-agent). */
export const AgentType = {
  failure: 5,
  requestIdentities: 11,
  identities: 12,
  signRequest: 13,
  signature: 14,
  extension: 27,
  extensionFailure: 28,
} as const

/** The messages in the bytes of an agent's connection, without their lengths. Throws for one that is longer than any is. */
export async function* agentMessages(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let bytes = Buffer.alloc(0)
  for await (const chunk of chunks) {
    bytes = bytes.length === 0 ? Buffer.from(chunk) : Buffer.concat([bytes, chunk])
    while (bytes.length >= 4) {
      const size = bytes.readUInt32BE()
      if (size > LONGEST) throw new Error(`a message of ${size} bytes is too long for an ssh agent`)
      if (bytes.length < 4 + size) break
      yield bytes.subarray(4, 4 + size)
      bytes = bytes.subarray(4 + size)
    }
  }
}

const LONGEST = 256 * 1024
