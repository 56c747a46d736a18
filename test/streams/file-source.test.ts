import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../src/streams/file-source.ts'
import { temporaryFolder } from '../harness.ts'

const { signal } = new AbortController()

async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of source) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

describe('a file as a request body', () => {
  it('gives all its bytes, whatever its size', async () => {
    const cwd = temporaryFolder()
    const bytes = Buffer.alloc(3 * 512 * 1024 + 7, 'abcdefg')
    fs.writeFileSync(path.join(cwd, 'a.tar'), bytes)
    expect((await all(openSource('a.tar', cwd, signal))).equals(bytes)).toBe(true)
    expect((await all(openSource(path.join(cwd, 'a.tar'), '/', signal))).equals(bytes)).toBe(true)
  })

  it('says which file is missing', () => {
    expect(() => openSource('no.tar', temporaryFolder(), signal)).toThrow('open no.tar: no such file or directory')
  })

  it('fails while reading what is no file', async () => {
    await expect(all(openSource('.', temporaryFolder(), signal))).rejects.toThrow('read .: is a directory')
  })

  it('closes the file when the reader stops early', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'a.tar'), Buffer.alloc(2_000_000))
    const before = fs.readdirSync('/proc/self/fd').length
    for await (const chunk of openSource('a.tar', cwd, signal)) {
      expect(chunk.length).toBeGreaterThan(0)
      break
    }
    expect(fs.readdirSync('/proc/self/fd').length).toBe(before)
  })
})
