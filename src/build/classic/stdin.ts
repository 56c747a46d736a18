import { encodeFile, END } from '../../archive/tar-writer.ts'
import { startsArchive } from '../../archive/tar-reader.ts'
import { cliError } from '../../errors/cli-error.ts'
import type { BuildContext } from './context.ts'

/**
 * A build context that comes as a stream: an archive, packed or not, is sent as it is, anything else is the Dockerfile of an empty
 * context. `file` is what `-f` names (docker/cli GetContextFromReader).
 */
export async function archiveFrom(chunks: AsyncIterable<Uint8Array>, file: string, now: Date): Promise<BuildContext> {
  const { isArchive, all } = await sniffArchive(chunks)
  if (isArchive) return { archive: all, dockerfile: file, close: () => undefined }
  if (file === '-') throw cliError('build context is not an archive')
  if (file !== '') throw cliError('ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles')
  const content = await readDockerfile(all)
  return { archive: archiveOf(content, now), dockerfile: DOCKERFILE, close: () => undefined }
}

/** Whether bytes are an archive, packed or not, by how they begin, and all of them. */
export async function sniffArchive(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ isArchive: boolean; all: AsyncIterable<Uint8Array> }> {
  const { head, all } = await peek(chunks, HEAD)
  return { isArchive: isPacked(head) || startsArchive(head), all }
}

/** A Dockerfile that comes as a stream; throws for one without measure. */
export async function readDockerfile(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.length
    if (size > LARGEST) {
      throw cliError(`what was read is no archive, and too large for a Dockerfile: more than ${LARGEST >> 20} MiB`)
    }
    parts.push(Buffer.from(chunk))
  }
  return Buffer.concat(parts)
}

/** Whether bytes begin as bzip2, gzip, xz or zstd does (moby go-archive compression.Detect). */
function isPacked(head: Buffer): boolean {
  if (PACKED.some((magic) => head.subarray(0, magic.length).equals(magic))) return true
  const isSkippable = head.length >= 8 && ((head[0] as number) & 0xf0) === 0x50
  return isSkippable && head.subarray(1, 4).equals(SKIPPABLE)
}

/** The first bytes, and all of them; a chunk may be overwritten when the next one is asked for. */
async function peek(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): Promise<{ head: Buffer; all: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  let ended = false
  while (head.length < size && !ended) {
    const { value, done } = await iterator.next()
    if (done === true) ended = true
    else head = Buffer.concat([head, value])
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head
      for (let next = ended ? END_OF_INPUT : await iterator.next(); next.done !== true; next = await iterator.next()) {
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { head, all: all() }
}

async function* archiveOf(dockerfile: Buffer, now: Date): AsyncGenerator<Uint8Array> {
  const modified = Math.trunc(now.getTime() / 1000)
  const entry = { name: DOCKERFILE, type: '0', mode: 0o644, uid: 0, gid: 0, size: 0, modified }
  yield Buffer.concat([...encodeFile(entry, dockerfile), END])
}

const DOCKERFILE = 'Dockerfile'
const HEAD = 1024
const LARGEST = 64 << 20
const PACKED = ['BZh', '\x1f\x8b\x08', '\xfd7zXZ\0', '\x28\xb5\x2f\xfd'].map((magic) => Buffer.from(magic, 'latin1'))
const SKIPPABLE = Buffer.from('\x2a\x4d\x18', 'latin1')
const END_OF_INPUT: IteratorResult<Uint8Array, undefined> = { done: true, value: undefined }
