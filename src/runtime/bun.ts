/** What is used of Bun's own calls. */
interface Bun {
  file(fd: number): {
    stream(): ReadableStream<Uint8Array>
    writer(): { write(chunk: Uint8Array): unknown; flush(): unknown }
  }
}

/** Bun's own calls where Bun runs this program, as it does the binary; undefined on Node. */
export const bun: Bun | undefined = (globalThis as { Bun?: Bun }).Bun
