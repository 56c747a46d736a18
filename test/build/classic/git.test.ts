import { describe, expect, it } from 'vitest'
import { parseRepository } from '../../../src/build/classic/git.ts'

describe('parseRepository', () => {
  it.each([
    ['GIT://github.com/user/repo.git', 'git://github.com/user/repo.git', 'master', ''],
    ['git://github.com/user/repo.git', 'git://github.com/user/repo.git', 'master', ''],
    ['git://github.com/u/r.git#b:dir/sub/', 'git://github.com/u/r.git', 'b', 'dir/sub/'],
    ['https://github.com/user/repo.git', 'https://github.com/user/repo.git', 'master', ''],
    ['https://github.com/u/r.git#:dir', 'https://github.com/u/r.git', 'master', 'dir'],
    ['https://github.com/u/r.git#a%20b', 'https://github.com/u/r.git', 'a b', ''],
    ['git@github.com:user/repo.git', 'git@github.com:user/repo.git', 'master', ''],
    ['git@github.com:u/r.git#b:dir', 'git@github.com:u/r.git', 'b', 'dir'],
    ['ssh://foo%40corp.com@github.com/u/r.git#b:d', 'ssh://foo%40corp.com@github.com/u/r.git', 'b', 'd'],
    ['github.com/user/repo', 'https://github.com/user/repo', 'master', ''],
  ])('reads %s', (text, remote, ref, folder) => {
    expect(parseRepository(text)).toEqual({ remote, ref, folder })
  })

  it.each(['git://h/moby#--foo bar', 'git@h/moby#--upload-pack=sleep;:', 'git@g.com:a/b.git#-B'])(
    'refuses %s',
    (text) => {
      expect(() => parseRepository(text)).toThrow('invalid refspec: -')
    },
  )
})
