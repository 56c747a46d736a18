import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { followLinks } from '../../src/build/session/follow-links.ts'
import { walkTree } from '../../src/build/session/tree.ts'
import { treeFilter, type TreePatterns } from '../../src/build/session/tree-filter.ts'

// The cases are those of fsutil's own tests: filter_test.go and followlinks_test.go.

/** A tree of paths: a folder ends in a slash, a link says where it leads. */
function treeOf(paths: readonly string[]): string {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'tree-')))
  onTestFinished(() => fs.rmSync(root, { recursive: true }))
  for (const entry of paths) {
    const [name = '', target] = entry.split(' -> ')
    const place = path.join(root, name)
    fs.mkdirSync(name.endsWith('/') ? place : path.dirname(place), { recursive: true })
    if (target !== undefined) fs.symlinkSync(target, place)
    else if (!name.endsWith('/')) fs.writeFileSync(place, '')
  }
  return root
}

const small = ['bar/foo', 'foo2']
const deep = ['a/b/baz/', 'a/b/bar/foo', 'a/b/bar/fop', 'bar/foo', 'baz/', 'foo2', 'foo/bar/bee']
const include = (...includes: string[]): TreePatterns => ({ includes })
const exclude = (...excludes: string[]): TreePatterns => ({ excludes })

test.each<[readonly string[], TreePatterns, string]>([
  [['foo', 'foo2'], {}, 'foo foo2'],
  [small, include('bar'), 'bar bar/foo'],
  [small, include('bar/foo'), 'bar bar/foo'],
  [small, include('b*'), 'bar bar/foo'],
  [small, include('bar/f*'), 'bar bar/foo'],
  [small, include('bar/g*'), ''],
  [small, include('f*'), 'foo2'],
  [small, include('b*/f*'), 'bar bar/foo'],
  [small, include('b*/foo'), 'bar bar/foo'],
  [small, include('b*/'), 'bar bar/foo'],
  [['bar', 'foo2', 'foo/bar2'], exclude('foo*', '!foo/bar2'), 'bar foo foo/bar2'],
  [['foo/bar'], exclude('foo', '!foo/bar'), 'foo foo/bar'],
  [['foo/bar/'], include('foo', '!**/bar'), 'foo'],
  [deep, include('**'), 'a a/b a/b/bar a/b/bar/foo a/b/bar/fop a/b/baz bar bar/foo baz foo foo/bar foo/bar/bee foo2'],
  [deep, include('**/bar'), 'a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo foo foo/bar foo/bar/bee'],
  [deep, include('**/bar/foo'), 'a a/b a/b/bar a/b/bar/foo bar bar/foo'],
  [deep, include('**/b*'), 'a a/b a/b/bar a/b/bar/foo a/b/bar/fop a/b/baz bar bar/foo baz foo foo/bar foo/bar/bee'],
  [deep, include('**/bar/f*'), 'a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo'],
  [deep, include('**/bar/g*'), ''],
  [deep, include('**/f*'), 'a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo foo foo/bar foo/bar/bee foo2'],
  [deep, include('**/b*/f*'), 'a a/b a/b/bar a/b/bar/foo a/b/bar/fop bar bar/foo'],
  [deep, include('**/b*/foo'), 'a a/b a/b/bar a/b/bar/foo bar bar/foo'],
  [deep, include('**/foo/**'), 'foo foo/bar foo/bar/bee'],
  [deep, include('**/baz'), 'a a/b a/b/baz baz'],
  [deep, { includes: ['**'], excludes: ['*/*/**'] }, 'a a/b bar bar/foo baz foo foo/bar foo2'],
])('of %j, %j are %s', (paths, patterns, expected) => {
  const stats = [...walkTree(treeOf(paths), treeFilter(patterns))]
  expect(stats.map((stat) => stat.path).join(' ')).toBe(expected)
})

test('a pattern of nothing but an exclamation mark is an error', () => {
  expect(() => treeFilter(exclude('!'))).toThrow('invalid excludepatterns: [!]: illegal exclusion pattern: "!"')
})

const links = ['dir/foo', 'dir/l1 -> foo', 'l2 -> dir/l1', 'bar', 'baz']
const absolute = ['dir/l1 -> /foo/bar/baz', 'foo/bar -> ../', 'baz']
const normalized = ['dir/l1 -> /foo', 'dir/l2 -> /', 'foo/bar']
const wild = (
  'dir/l1 -> /foo/bar1|dir/l2 -> /foo/bar2|dir/anotherlink -> /foo/bar3|' + 'foo/bar2 -> ../baz|foo/bar1|foo/bar3|baz'
).split('|')

test.each<[readonly string[], string[], string | undefined]>([
  [links, ['l2', 'bar'], 'bar dir/foo dir/l1 l2'],
  [['l1 -> l1', 'l3 -> l2', 'l2 -> l3'], ['l1', 'l3'], 'l1 l2 l3'],
  [absolute, ['dir/l1'], 'baz dir/l1 foo/bar'],
  [['dir/l1 -> /foo/bar/baz', 'foo/bar -> ../../../', 'baz'], ['dir/l1'], 'baz dir/l1 foo/bar'],
  [[], ['foo/bar/baz', 'bar/baz'], 'bar/baz foo/bar/baz'],
  [[], ['.'], undefined],
  [[], ['f*/foo/t*'], 'f*/foo/t*'],
  [[], ['foo/bar/baz', 'foo/bar'], 'foo/bar'],
  [normalized, ['dir/l1', 'foo/bar'], 'dir/l1 foo'],
  [normalized, ['dir/l2', 'foo', 'foo/bar'], undefined],
  [wild, ['dir/l*'], 'baz dir/l* foo/bar1 foo/bar2'],
  [wild, ['dir'], 'dir'],
  [wild, ['dir', 'dir/*link'], 'dir foo/bar3'],
])('in %j, %j lead to %s', (paths, followed, expected) => {
  expect(followLinks(treeOf(paths), followed)?.join(' ')).toBe(expected)
})
