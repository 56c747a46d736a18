import { describe, expect, it } from 'vitest'
import { createIgnoreMatcher, keepBuildFiles, parseDockerignore } from '../../src/parse/dockerignore.ts'

describe('parseDockerignore', () => {
  it.each<[string, unknown]>([
    ['', []],
    ['a\nb', ['a', 'b']],
    ['# c\na', ['a']],
    ['  a  ', ['a']],
    ['/a/b', ['a/b']],
    ['!/a', ['!a']],
    ['! a', ['!a']],
    ['a/../b', ['b']],
    ['!', ['!']],
    ['/', ['/']],
    ['\ufeffa', ['a']],
    ['a/', ['a']],
    ['./a', ['a']],
    ['\n\n', []],
    ['a\r\n', ['a']],
    ['!!a', ['!!a']],
    ['*.go', ['*.go']],
    ['  # not comment', ['# not comment']],
    ['.', ['.']],
    ['a//b', ['a/b']],
  ])('reads %j', (text, value) => {
    expect(parseDockerignore(text)).toEqual(value)
  })
})

describe('createIgnoreMatcher', () => {
  it.each<[string[], string, boolean]>([
    [['*.go'], 'a.go', true],
    [['*.go'], 'a/b.go', false],
    [['**/*.go'], 'a/b.go', true],
    [['**/*.go'], 'b.go', true],
    [['a'], 'a', true],
    [['a'], 'a/b', true],
    [['a'], 'ab', false],
    [['a/b'], 'a/b/c', true],
    [['*'], 'a', true],
    [['*'], 'a/b', true],
    [['*', '!a'], 'a', false],
    [['*', '!a'], 'b', true],
    [['*', '!a/b'], 'a/b', false],
    [['a', '!a/b'], 'a/b', false],
    [['a', '!a/b'], 'a/c', true],
    [['**'], 'x/y', true],
    [['**/foo'], 'foo', true],
    [['**/foo'], 'a/foo', true],
    [['**/foo'], 'a/foo/b', true],
    [['**/foo'], 'afoo', false],
    [['**foo'], 'afoo', true],
    [['foo/**'], 'foo/a', true],
    [['foo/**'], 'foo', false],
    [['foo/**'], 'foo/a/b', true],
    [['a/**/b'], 'a/b', true],
    [['a/**/b'], 'a/x/b', true],
    [['a/**/b'], 'a/x/y/b', true],
    [['a?c'], 'abc', true],
    [['a?c'], 'a/c', false],
    [['[abc]'], 'b', true],
    [['[^abc]'], 'b', false],
    [['[^abc]'], 'd', true],
    [['[a-c]x'], 'bx', true],
    [['a\\*b'], 'a*b', true],
    [['a\\*b'], 'axb', false],
    [['a.b'], 'axb', false],
    [['a+b'], 'a+b', true],
    [['a(b)'], 'a(b)', true],
    [['a*b'], 'a\nb', true],
    [['***'], 'a', true],
    [['**/**'], 'a/b', true],
    [['**/a/**'], 'x/a/y', true],
    [['**/a/**'], 'a', false],
    [['docs/*', '!docs/README*'], 'docs/README.md', false],
    [['docs/*', '!docs/README*'], 'docs/x', true],
    [['.git'], '.git/config', true],
    [['a/*'], 'a/b/c', true],
    [['a/**/*.txt'], 'a/x.txt', true],
    [['$x'], '$x', true],
    [['{a}'], '{a}', true],
    [['a]'], 'a]', true],
    [['a[b]c'], 'abc', true],
    [['a\\-b'], 'a-b', true],
    [['[a\\-c]'], '-', true],
    [['[a\\-c]'], 'b', false],
    [['\\a'], 'a', false],
    [['é?'], 'éx', true],
    [['?'], '🐳', true],
    [['[é]'], 'é', true],
    [['**/node_modules'], 'a/node_modules/b/c', true],
    [['*.md', '!README*.md', 'README-secret.md'], 'README-secret.md', true],
    [['*.md', '!README*.md', 'README-secret.md'], 'README-x.md', false],
    [['a/'], 'a/b', true],
    [['/a'], 'a', false],
    [['*/temp*'], 'x/temp.txt', true],
    [['*/temp*'], 'x/y/temp', false],
    [['*/*/temp*'], 'x/y/temp', true],
    // In a pattern with a wildcard, `|` and repetitions mean what they mean to the reference's regular expressions.
    [['a|b'], 'a', false],
    [['a|b'], 'a|b', true],
    [['a|b*'], 'axx', true],
    [['a|b*'], 'xbb', true],
    [['a{2}'], 'aa', false],
    [['a{2}?'], 'aax', true],
    [['{a}*'], '{a}b', true],
    [['a+?'], 'a+x', true],
    [['(a)?'], '(a)x', true],
    [['^a'], 'a', false],
    [['^a*'], 'ab', true],
    [['[a*]b'], 'a]b', true],
    [['[a*]b'], 'a*b', false],
    [['[a?]'], 'a]', true],
    [['[{2}]x'], '{x', true],
  ])('%j on %j: %j', (patterns, path, ignored) => {
    expect(createIgnoreMatcher(patterns).matches(path)).toBe(ignored)
  })

  it.each<[string, string]>([
    ['[', 'syntax error in pattern'],
    ['a[', 'syntax error in pattern'],
    ['[]a]', 'syntax error in pattern'],
    ['[a', 'syntax error in pattern'],
    ['a\\', 'syntax error in pattern'],
    ['!', 'illegal exclusion pattern: "!"'],
    ['[a-]', 'syntax error in pattern'],
    ['[-a]', 'syntax error in pattern'],
    ['[^]', 'syntax error in pattern'],
    ['[^]a', 'syntax error in pattern'],
    ['[^-a]', 'syntax error in pattern'],
  ])('refuses %j', (pattern, message) => {
    expect(() => createIgnoreMatcher([pattern])).toThrow(new Error(message))
  })

  it('refuses what cannot be compiled once a path is put to it', () => {
    const matcher = createIgnoreMatcher(['a', '!*{2}'])
    expect(matcher.matches('b')).toBe(false)
    expect(() => matcher.matches('a')).toThrow('syntax error in pattern')
  })

  it('tells whether patterns take paths back in', () => {
    expect(createIgnoreMatcher(['a', '!b']).hasExceptions).toBe(true)
    expect(createIgnoreMatcher(['a']).hasExceptions).toBe(false)
  })
})

describe('walking', () => {
  /** What a walk says of a path, each of its folders asked before what is in it. */
  const walked = (patterns: string[], path: string): boolean => {
    const matcher = createIgnoreMatcher(patterns)
    const parts = path.split('/')
    let above
    let ignored = false
    for (const i of parts.keys()) {
      const found = matcher.walk(parts.slice(0, i + 1).join('/'), above)
      above = found.matches
      ignored = found.ignored
    }
    return ignored
  }

  it.each<[string[], string, boolean]>([
    [['a'], 'a/b/c', true],
    [['a', '!a/b'], 'a/b/c', false],
    [['a', '!a/b', 'a/b/c'], 'a/b/c/d', true],
    [['a', '!a/b', 'a/b/c', '!a/b/c/d'], 'a/b/c/d', false],
    [['**', '!**/*.go'], 'x/y.go', false],
    [['*', '!dir', 'dir/*'], 'dir/x', true],
    [['dir/*', '!dir/sub'], 'dir/sub/x', false],
    [['!a', 'a'], 'a', true],
  ])('%j on %j: %j', (patterns, path, ignored) => {
    expect(walked(patterns, path)).toBe(ignored)
    expect(createIgnoreMatcher(patterns).matches(path)).toBe(ignored)
  })

  it('tells where something may be taken back in, by the text of the pattern', () => {
    const matcher = createIgnoreMatcher(['*', '!a/b/c', '!x*/y'])
    const mayTakeBack = (folder: string): boolean => matcher.mayTakeBack(folder)
    expect(['a', 'a/b', 'a/b/c'].map(mayTakeBack)).toEqual([true, true, true])
    expect(['ab', 'a/x', 'x', 'c'].map(mayTakeBack)).toEqual([false, false, false, false])
  })
})

describe('keepBuildFiles', () => {
  it.each<[string[], string | undefined, string[]]>([
    [[], 'Dockerfile', []],
    [['*'], 'Dockerfile', ['*', '!.dockerignore', '!Dockerfile']],
    [['*'], undefined, ['*', '!.dockerignore']],
    [['Dockerfile'], 'Dockerfile', ['Dockerfile', '!Dockerfile']],
    [['*', '!Dockerfile'], 'Dockerfile', ['*', '!Dockerfile', '!.dockerignore']],
    [['.docker*'], 'Dockerfile', ['.docker*', '!.dockerignore']],
    [['sub'], 'sub/Dockerfile', ['sub', '!sub/Dockerfile']],
    // Only the folder above that is as deep as the pattern is looked at.
    [['**/b'], 'a/b/c/Dockerfile', ['**/b', '!a/b/c/Dockerfile']],
    [['**/c'], 'a/b/c/Dockerfile', ['**/c']],
  ])('%j with %j', (patterns, dockerfile, kept) => {
    expect(keepBuildFiles(patterns, dockerfile)).toEqual(kept)
  })
})
