import { describe, expect, it } from 'vitest'
import type { Entry } from '../../src/cli/catalog-entry.ts'
import { parseRows, rowAt } from '../../src/cli/catalog-rows.ts'
import { rows } from '../../src/catalog.ts'
import { route } from '../../src/cli/route.ts'
import { suggest } from '../../src/cli/suggest.ts'

const command = (path: string, aliases: string[] = []): Entry => ({
  kind: 'command',
  path,
  aliases,
  file: '',
})
const catalog: Entry[] = [
  { kind: 'group', path: 'container', aliases: [] },
  command('container ls', ['list', 'ps']),
  command('ps'),
]

describe('routing', () => {
  it.each([
    ['ps -a', 'ps', ['-a']],
    ['container ls -a', 'container ls', ['-a']],
    ['container ps x', 'container ls', ['x']],
    ['container', 'container', []],
    ['container bogus', 'container', ['bogus']],
    ['bogus x', undefined, ['bogus', 'x']],
    ['container --help ls', 'container ls', []],
    ['container --bogus ls', 'container', ['--bogus', 'ls']],
  ])('%s', (line, path, rest) => {
    const found = route({ catalog }, line.split(' '))
    expect(found.entry?.path).toBe(path)
    expect(found.rest).toEqual(rest)
  })

  it('remembers the flags between the words', () => {
    expect(route({ catalog }, ['container', '--help', 'ls']).between).toEqual([
      { owner: catalog[0], flags: ['--help'] },
    ])
  })
})

describe('suggestions', () => {
  const names = ['run', 'rm', 'rmi', 'ps', 'container', 'images', 'inspect', 'image']
  it.each([
    ['rn', ['rm', 'run']],
    ['contaner', ['container']],
    ['imagess', ['images', 'image']],
    ['insp', ['inspect']],
    ['xyzzy', []],
  ])('%s', (word, near) => {
    expect(suggest(word, names)).toEqual(near)
  })
})

describe('the rows of the catalog', () => {
  it('hold one entry a line, found alone by its path', () => {
    const all = parseRows(rows)
    expect(all.map(({ path }) => rowAt(rows, path))).toEqual(all)
  })

  it.each(['bogus', '', 'ls', 'ps","aliases":[', 'container"', '\n'])('hold nothing at %j', (path) => {
    expect(rowAt(rows, path)).toBeUndefined()
  })
})
