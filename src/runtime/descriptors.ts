import fs from 'node:fs'
import type { bun } from './bun.ts'

type Bun = NonNullable<typeof bun>

/**
 * Reads a pipe or socket by its descriptor on Bun, whose `net.Socket` takes none. `done` resolves at the end (a read that fails is the
 * end too) or once stopped, and rejects with what the sink threw; the next chunk is read when the sink's promise resolves.
 */
export function readDescriptor(
  bun: Bun,
  fd: number,
  sink: (chunk: Uint8Array) => void | Promise<void>,
): { done: Promise<void>; stop: () => void } {
  const reader = bun.file(fd).stream().getReader()
  const stop = (): void => void reader.cancel().catch(() => undefined)
  const read = (): Promise<Uint8Array | undefined> =>
    reader.read().then(
      ({ value }) => value,
      () => undefined,
    )
  const pump = async (): Promise<void> => {
    try {
      for (let chunk = await read(); chunk !== undefined; chunk = await read()) await sink(chunk)
    } finally {
      stop()
    }
  }
  return { done: pump(), stop }
}

/** Writes to a pipe or socket by its descriptor on Bun; each promise resolves when the system has taken the chunk, or rejects. */
export function writeDescriptor(bun: Bun, fd: number): (chunk: Uint8Array) => Promise<void> {
  const writer = bun.file(fd).writer()
  return async (chunk) => {
    await writer.write(chunk)
    await writer.flush()
  }
}

/**
 * As `writeDescriptor` for a terminal, by a descriptor that blocks: Bun's own writer would hold up the program until the terminal
 * goes on, and a thread waits here, which its end does not wait for.
 */
export function writeTerminal(fd: number): (chunk: Uint8Array) => Promise<void> {
  const write = (chunk: Uint8Array, at: number): Promise<number> =>
    new Promise((resolve, reject) =>
      fs.write(fd, chunk, at, (error, size) => (error === null ? resolve(size) : reject(error))),
    )
  return async (chunk) => {
    for (let at = 0; at < chunk.length;) at += await write(chunk, at)
  }
}
