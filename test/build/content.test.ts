import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  content,
  readRequest,
  readResponse,
  WriteAction,
  writeRequest,
  writeResponse,
} from '../../src/build/proto/content.ts'
import { serveContent } from '../../src/build/session/content.ts'
import { ContentFolder } from '../../src/build/session/content-folder.ts'
import { temporaryFolder } from '../harness.ts'
import { daemonOf } from './daemon.ts'

const READ = '/containerd.services.content.v1.Content/Read'
const WRITE = '/containerd.services.content.v1.Content/Write'
const store = { 'buildkit-attachable-store-id': 'local:cache' }
const digestOf = (data: Uint8Array): string => `sha256:${createHash('sha256').update(data).digest('hex')}`

async function served() {
  const folder = temporaryFolder()
  const daemon = await daemonOf(serveContent(new Map([['local:cache', new ContentFolder(folder)]])))
  /** Writes content as containerd's client does: asks for the state, sends, commits. */
  const write = async (data: Buffer, expected: string) => {
    const call = daemon.open(WRITE, store)
    const base = { ref: 'ref', total: data.length, expected }
    call.send(writeRequest, { ...base, action: WriteAction.stat })
    const state = await call.next(writeResponse)
    call.send(writeRequest, { ...base, action: WriteAction.write, data })
    const written = await call.next(writeResponse)
    call.send(writeRequest, { ...base, action: WriteAction.commit, offset: data.length })
    return { state, written, committed: await call.next(writeResponse), error: await call.ended() }
  }
  return { folder, daemon, write }
}

describe('a folder of content', () => {
  test('takes content, and gives it whole and in parts', async () => {
    const { folder, daemon, write } = await served()
    const data = Buffer.alloc(1_500_000, 'abc')
    const digest = digestOf(data)
    const { state, written, committed, error } = await write(data, digest)
    expect([state?.offset, written?.offset, committed?.digest, error]).toEqual([0, data.length, digest, undefined])
    expect(fs.readFileSync(path.join(folder, 'blobs', digest.replace(':', '/'))).equals(data)).toBe(true)
    const read = async (offset: number, size: number): Promise<Buffer> => {
      const call = daemon.open(READ, store)
      call.send(readRequest, { digest, offset, size })
      const pieces: Uint8Array[] = []
      for (let got = await call.next(readResponse); got !== undefined; got = await call.next(readResponse)) {
        pieces.push(got.data)
      }
      return Buffer.concat(pieces)
    }
    expect((await read(0, 0)).equals(data)).toBe(true)
    expect((await read(1, 5)).toString()).toBe('bcabc')
    const info = await daemon.client(content).info({ digest }, { metadata: store })
    expect(info.info?.size).toBe(data.length)
    expect((await write(data, digest)).error).toMatchObject({ code: 'AlreadyExists' })
  })

  test('refuses content that is not what it is said to be, and leaves nothing of it', async () => {
    const { folder, write } = await served()
    const { error } = await write(Buffer.from('other'), digestOf(Buffer.from('wanted')))
    expect(error).toMatchObject({ code: 'FailedPrecondition' })
    expect(fs.readdirSync(path.join(folder, 'ingest'))).toEqual([])
    expect(fs.existsSync(path.join(folder, 'blobs'))).toBe(false)
  })

  test('leads nowhere else, and knows no other folder', async () => {
    const { daemon } = await served()
    const info = (digest: string, metadata: Record<string, string>) =>
      daemon.client(content).info({ digest }, { metadata })
    await expect(info('sha256:../../secret', store)).rejects.toMatchObject({ code: 'InvalidArgument' })
    await expect(info(digestOf(Buffer.from('x')), store)).rejects.toMatchObject({ code: 'NotFound' })
    await expect(info('sha256:00', { 'buildkit-attachable-store-id': 'x' })).rejects.toMatchObject({ code: 'NotFound' })
  })
})
