import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openAtomicFile } from '../../src/streams/atomic-file.ts'
import { temporaryFolder } from '../harness.ts'

describe('openAtomicFile', () => {
  it('puts the file in place only at the end', () => {
    const folder = temporaryFolder()
    const file = openAtomicFile('a.tar', folder)
    file.write(Buffer.from('one '))
    file.write(Buffer.from('two'))
    expect(fs.existsSync(path.join(folder, 'a.tar'))).toBe(false)
    file.commit()
    file.discard()
    expect(fs.readFileSync(path.join(folder, 'a.tar'), 'utf8')).toBe('one two')
    expect(fs.statSync(path.join(folder, 'a.tar')).mode & 0o777).toBe(0o600)
    expect(fs.readdirSync(folder)).toEqual(['a.tar'])
  })

  it('keeps what was there when it is given up', () => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'a.tar'), 'old')
    const file = openAtomicFile('a.tar', folder)
    file.write(Buffer.from('half'))
    file.discard()
    expect(fs.readFileSync(path.join(folder, 'a.tar'), 'utf8')).toBe('old')
    expect(fs.readdirSync(folder)).toEqual(['a.tar'])
  })

  it('makes no file of nothing', () => {
    const folder = temporaryFolder()
    openAtomicFile('a.tar', folder).commit()
    expect(fs.readdirSync(folder)).toEqual([])
  })

  it('refuses what is no regular file', () => {
    const folder = temporaryFolder()
    fs.mkdirSync(path.join(folder, 'sub'))
    fs.symlinkSync('sub', path.join(folder, 'link'))
    const open = (name: string) => () => openAtomicFile(name, folder)
    expect(open('')).toThrow('file name is empty')
    expect(open('sub')).toThrow('cannot write to a directory')
    expect(open('link')).toThrow('cannot write to a symbolic link directly')
    expect(open('none/a.tar')).toThrow('invalid output path: stat none: no such file or directory')
    expect(open('/dev/null')).toThrow('cannot write to a character device file')
  })
})
