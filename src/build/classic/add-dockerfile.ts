import { randomBytes } from 'node:crypto'
import { TarReader, WITHOUT_CONTENT, type TarEntry, type TarSink } from '../../archive/tar-reader.ts'
import { encodeFile, encodeHeader, END, padding } from '../../archive/tar-writer.ts'

/**
 * Adds a Dockerfile that is not in the context to its archive, under a name that the archive's `.dockerignore` is told to leave
 * out; gives that name and the new archive (docker/cli AddDockerfileToBuildContext).
 */
export function addDockerfile(
  archive: AsyncIterable<Uint8Array>,
  content: Buffer,
  now: Date,
): { dockerfile: string; archive: AsyncGenerator<Uint8Array> } {
  const dockerfile = `.dockerfile.${randomBytes(10).toString('hex')}`
  const modified = Math.trunc(now.getTime() / 1000)
  const added = (name: string): TarEntry => ({ ...NEW, name, modified, size: 0 })
  return { dockerfile, archive: rewritten(archive, new Rewriter(added(dockerfile), content, added(IGNORE))) }
}

async function* rewritten(archive: AsyncIterable<Uint8Array>, rewriter: Rewriter): AsyncGenerator<Uint8Array> {
  const reader = new TarReader(rewriter)
  for await (const chunk of archive) {
    reader.write(chunk)
    yield rewriter.take()
    if (reader.ended) break
  }
  reader.finish({ unmarked: true })
  rewriter.finish()
  yield rewriter.take()
}

/** Writes again what a reader takes apart, all but `.dockerignore` as it was. */
class Rewriter implements TarSink {
  readonly #dockerfile: TarEntry
  readonly #content: Buffer
  readonly #newIgnore: TarEntry
  #out: Uint8Array[] = []
  #memory = Buffer.alloc(0)
  #left = 0
  /** The archive's own `.dockerignore`, from its entry on, and what of it has come. */
  #ignore: { entry: TarEntry; parts: Buffer[] } | undefined
  #isInIgnore = false

  constructor(dockerfile: TarEntry, content: Buffer, newIgnore: TarEntry) {
    this.#dockerfile = dockerfile
    this.#content = content
    this.#newIgnore = newIgnore
  }

  entry(entry: TarEntry): void {
    this.#isInIgnore = entry.name === IGNORE && this.#ignore === undefined
    if (this.#isInIgnore) {
      this.#ignore = { entry, parts: [] }
      return
    }
    this.#left = WITHOUT_CONTENT.includes(entry.type) ? 0 : padding(entry.size)
    this.#out.push(encodeHeader(entry))
  }

  data(chunk: Uint8Array): void {
    if (this.#isInIgnore) this.#ignore?.parts.push(Buffer.from(chunk))
    else this.#out.push(chunk)
  }

  close(): void {
    if (this.#isInIgnore && this.#ignore !== undefined) {
      this.#file(this.#ignore.entry, Buffer.concat([...this.#ignore.parts, this.#exclusion()]))
    } else if (this.#left > 0) this.#out.push(Buffer.alloc(this.#left))
  }

  /** What is to be written so far, in memory that is used again the next time: a new piece each time outruns the collector. */
  take(): Uint8Array {
    const size = this.#out.reduce((sum, { length }) => sum + length, 0)
    if (size > this.#memory.length) this.#memory = Buffer.allocUnsafeSlow(size)
    let at = 0
    for (const part of this.#out) {
      this.#memory.set(part, at)
      at += part.length
    }
    this.#out = []
    return this.#memory.subarray(0, size)
  }

  finish(): void {
    this.#file(this.#dockerfile, this.#content)
    if (this.#ignore === undefined) {
      this.#file(this.#newIgnore, Buffer.concat([Buffer.from(IGNORE), this.#exclusion()]))
    }
    this.#out.push(END)
  }

  #exclusion(): Buffer {
    return Buffer.from(`\n${this.#dockerfile.name}\n`)
  }

  #file(entry: TarEntry, content: Buffer): void {
    this.#out.push(...encodeFile(entry, content))
  }
}

const IGNORE = '.dockerignore'
const NEW = { type: '0', mode: 0o600, uid: 0, gid: 0, linkName: '', deviceMajor: 0, deviceMinor: 0 }
