import { expect, test } from 'vitest'
import { bytesMessage } from '../../src/build/proto/filesync.ts'
import { serveUploads } from '../../src/build/session/upload.ts'
import { daemonOf, type DaemonStream } from './daemon.ts'

const METHOD = '/moby.upload.v1.Upload/Pull'

async function* chunksOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

async function all(call: DaemonStream): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for (let got = await call.next(bytesMessage); got !== undefined; got = await call.next(bytesMessage)) {
    expect(got.data.length).toBeLessThan(4 << 20)
    chunks.push(got.data)
  }
  return Buffer.concat(chunks)
}

test('a stream is fetched by its id, in pieces that the daemon takes, and once', async () => {
  const big = Buffer.alloc(5_000_000, 'ab')
  const daemon = await daemonOf(serveUploads(new Map([['id1', chunksOf(big, Buffer.from('end'))]])))
  const call = daemon.open(METHOD, { urlpath: '/id1', urlhost: 'buildkit-session' })
  expect((await all(call)).equals(Buffer.concat([big, Buffer.from('end')]))).toBe(true)
  expect(await call.ended()).toBeUndefined()
  const again = daemon.open(METHOD, { urlpath: '/id1' })
  expect(await again.ended()).toMatchObject({ message: 'no http response from session for id1' })
})

test('a stream that breaks off breaks the fetch', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('half')
    throw new Error('stdin was closed')
  }
  const daemon = await daemonOf(serveUploads(new Map([['id1', broken()]])))
  const call = daemon.open(METHOD, { urlpath: '/id1' })
  await all(call)
  expect(await call.ended()).toMatchObject({ message: 'stdin was closed' })
})
