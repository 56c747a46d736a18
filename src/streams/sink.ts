/** Takes one chunk, whose memory is its own until it returns or the promise resolves. */
export type Sink = (chunk: Uint8Array) => void | Promise<void>
