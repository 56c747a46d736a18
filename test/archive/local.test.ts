import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { absolute, contentSize, destinationInfo, sourceInfo } from '../../src/archive/local.ts'
import { temporaryFolder } from '../harness.ts'

let cwd = ''

beforeEach(() => {
  cwd = temporaryFolder()
  fs.mkdirSync(path.join(cwd, 'd/sub'), { recursive: true })
  fs.writeFileSync(path.join(cwd, 'f'), 'four')
  fs.writeFileSync(path.join(cwd, 'd/sub/g'), 'seven..')
  fs.symlinkSync('d', path.join(cwd, 'ld'))
  fs.symlinkSync('f', path.join(cwd, 'lf'))
  fs.symlinkSync('../x/y', path.join(cwd, 'd/astray'))
  fs.symlinkSync('round', path.join(cwd, 'round'))
  fs.symlinkSync('none', path.join(cwd, 'dangling'))
})

const at = (name: string): string => absolute(() => cwd, name)

describe('sourceInfo', () => {
  it.each([
    ['f', false, '/f', false, ''],
    ['d/', false, '/d/', true, ''],
    ['d/.', false, '/d/.', true, ''],
    ['lf', false, '/lf', false, ''],
    ['lf', true, '/f', false, 'lf'],
    ['ld', false, '/ld', false, ''],
    ['ld/', false, '/d/', true, 'ld'],
    ['ld/.', false, '/d/.', true, ''],
    ['ld', true, '/d', true, 'ld'],
    ['ld/sub/../../f', false, '/f', false, ''],
    ['dangling', false, '/dangling', false, ''],
  ])('%s (-L: %s) is %s', (name, followLink, found, isDirectory, rebaseName) => {
    expect(sourceInfo(at(name), followLink)).toEqual({ path: cwd + found, exists: true, isDirectory, rebaseName })
  })

  it.each([
    ['none', 'lstat CWD/none: no such file or directory'],
    ['none/deep/er', 'lstat CWD/none: no such file or directory'],
    ['d/astray/z', 'lstat CWD/x: no such file or directory'],
    ['f/', 'not a directory'],
    ['round/x', 'EvalSymlinks: too many links'],
  ])('says of %s what the reference says', (name, message) => {
    expect(() => sourceInfo(at(name), false)).toThrow(message.replace('CWD', cwd))
  })
})

describe('destinationInfo', () => {
  it.each([
    ['f', '/f', true, false],
    ['d/', '/d/', true, true],
    ['lf', '/f', true, false],
    ['ld', '/d', true, true],
    ['dangling', '/none', false, false],
    ['new', '/new', false, false],
  ])('%s leads to %s', (name, found, exists, isDirectory) => {
    expect(destinationInfo(at(name))).toEqual({ path: cwd + found, exists, isDirectory, rebaseName: '' })
  })

  it('wants the directory around it', () => {
    expect(() => destinationInfo(at('none/new'))).toThrow(`stat ${cwd}/none: no such file or directory`)
    expect(() => destinationInfo(at('round'))).toThrow(`too many symlinks in ${cwd}/round`)
  })
})

it('adds up the content of files only', () => {
  expect(contentSize(cwd)).toBe(11)
  expect(contentSize(at('lf'))).toBe(0)
  expect(contentSize(at('f'))).toBe(4)
})
