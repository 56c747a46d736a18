import fs from 'node:fs'

/** How much of a file is read at once: more than a socket takes, so that the program has its turn before the next read. */
export const FILE_PIECE = 1024 * 1024

/**
 * Gives what reads the next bytes of a file into `buffer`, undefined at its end; it throws, or rejects with, the system's error. A
 * regular file is always ready, so that handing each read to a thread costs more than it gains; a device may not be.
 */
export function fileRead(fd: number, buffer: Buffer): () => Uint8Array | undefined | Promise<Uint8Array | undefined> {
  const piece = (size: number): Uint8Array | undefined => (size === 0 ? undefined : buffer.subarray(0, size))
  if (fs.fstatSync(fd).isFile()) return () => piece(fs.readSync(fd, buffer, 0, buffer.length, null))
  return () =>
    new Promise((resolve, reject) => {
      fs.read(fd, buffer, 0, buffer.length, null, (error, size) => (error ? reject(error) : resolve(piece(size))))
    })
}
