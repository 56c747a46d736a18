import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readDirectory } from '../../src/runtime/directory.ts'
import { temporaryFolder } from '../harness.ts'

test.runIf(process.platform === 'linux')('gives the bytes and kinds of all names, sorted', () => {
  const folder = temporaryFolder()
  const at = (name: Buffer): Buffer => Buffer.concat([Buffer.from(`${folder}/`), name])
  const odd = Buffer.from('a\xff\n', 'latin1')
  fs.writeFileSync(at(odd), '')
  fs.mkdirSync(path.join(folder, 'é'))
  fs.symlinkSync('nowhere', path.join(folder, 'b'))
  spawnSync('mkfifo', [path.join(folder, 'B')])
  for (const directory of [folder, Buffer.from(folder)]) {
    const found = readDirectory(directory).map((entry) => [
      entry.name.toString('latin1'),
      (['isFile', 'isDirectory', 'isSymbolicLink', 'isFIFO'] as const).filter((kind) => entry[kind]()),
    ])
    expect(found).toEqual([
      ['B', ['isFIFO']],
      [odd.toString('latin1'), ['isFile']],
      ['b', ['isSymbolicLink']],
      [Buffer.from('é').toString('latin1'), ['isDirectory']],
    ])
  }
})

test("throws the system's error", () => {
  const missing = path.join(temporaryFolder(), 'missing')
  expect(() => readDirectory(missing)).toThrow(expect.objectContaining({ code: 'ENOENT' }) as Error)
})
