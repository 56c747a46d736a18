import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openWriteStream } from '../../src/streams/write-stream.ts'
import { temporaryFolder } from '../harness.ts'

/** A pipe that is full, and whose reader has gone. */
function brokenPipe(): number {
  const name = path.join(temporaryFolder(), 'pipe')
  spawnSync('mkfifo', [name])
  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = fs.constants
  const reader = fs.openSync(name, O_RDONLY | O_NONBLOCK)
  const writer = fs.openSync(name, O_WRONLY | O_NONBLOCK)
  expect(() => {
    for (;;) fs.writeSync(writer, Buffer.alloc(65_536))
  }).toThrow('EAGAIN')
  fs.closeSync(reader)
  return writer
}

it('tells at once that the reader went between the last write and the stream’s first', async () => {
  const write = openWriteStream({ fd: brokenPipe(), kind: 'pipe', blocks: false }, 1)
  await expect((async () => write(Buffer.alloc(200_000)))()).rejects.toMatchObject({ code: 'EPIPE' })
  await expect((async () => write(Buffer.alloc(1)))()).rejects.toMatchObject({ code: 'EPIPE' })
})
