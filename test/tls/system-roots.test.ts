import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { systemRoots } from '../../src/tls/system-roots.ts'
import { certificate } from '../connection/certificates.ts'
import { temporaryFolder } from '../harness.ts'

const [one, two, three] = ['one', 'two', 'three'].map((name) => certificate({ name, authority: true }).cert.trim())

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

function folderOf(name: string, files: Record<string, string>): string {
  mkdirSync(join(folder, name))
  for (const [file, text] of Object.entries(files)) written(join(name, file), text)
  return join(folder, name)
}

test('takes all certificates of SSL_CERT_FILE, whatever stands between them', () => {
  const file = written('roots.pem', `# a comment\n${one}\nsome text\n${two}\n`)
  const empty = folderOf('empty', {})
  expect(systemRoots({ SSL_CERT_FILE: file, SSL_CERT_DIR: empty })).toEqual([one, two])
})

test('takes the files of the folders of SSL_CERT_DIR, each certificate once', () => {
  const folders = [
    folderOf('a', { 'one.crt': `${one}\n`, note: 'no certificate' }),
    folderOf('b', { 'two.crt': two!, 'again.pem': one! }),
    join(folder, 'missing'),
  ]
  mkdirSync(join(folders[0]!, 'deeper'))
  symlinkSync('two.crt', join(folders[1]!, '0123abcd.0'))
  symlinkSync(written('three.pem', three!), join(folders[1]!, 'three.crt'))
  const found = systemRoots({ SSL_CERT_FILE: join(folder, 'none'), SSL_CERT_DIR: folders.join(':') })
  expect(new Set(found)).toEqual(new Set([one, two, three]))
  expect(found).toHaveLength(3)
})

test('adds SSL_CERT_DIR to the machine’s own file', () => {
  const before = systemRoots({}) ?? []
  const found = systemRoots({ SSL_CERT_DIR: folderOf('more', { 'one.crt': one! }) }) ?? []
  expect(found).toContain(one)
  expect(found.length).toBeLessThanOrEqual(before.length + 1)
})

test('an empty variable is none', () => {
  expect(systemRoots({ SSL_CERT_FILE: '', SSL_CERT_DIR: '' })).toEqual(systemRoots({}))
})

test('nothing that is named is there: no authority', () => {
  expect(systemRoots({ SSL_CERT_FILE: '/none', SSL_CERT_DIR: '/none' })).toEqual([])
})

test('a named file that cannot be read is told when there is no other authority', () => {
  const named = { SSL_CERT_FILE: folder, SSL_CERT_DIR: '/none' }
  const message = `x509: failed to load system roots and no roots provided; read ${folder}: is a directory`
  expect(() => systemRoots(named)).toThrow(message)
  expect(systemRoots({ ...named, SSL_CERT_DIR: folderOf('a', { one: one! }) })).toEqual([one])
})

test.skipIf(process.getuid?.() === 0)('a file that may not be read is told', () => {
  const file = written('locked', one!)
  chmodSync(file, 0)
  expect(() => systemRoots({ SSL_CERT_FILE: file, SSL_CERT_DIR: '/none' })).toThrow(`open ${file}: permission denied`)
})
