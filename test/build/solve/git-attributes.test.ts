import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { gitAttributes } from '../../../src/build/solve/git-attributes.ts'
import { temporaryFolder } from '../../harness.ts'

/** A repository with a folder `app` in it, with one commit unless it is to be empty. */
function repository({ isEmpty = false } = {}) {
  const root = fs.realpathSync(temporaryFolder())
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root, encoding: 'utf8' }).trim()
  fs.mkdirSync(path.join(root, 'app'))
  fs.writeFileSync(path.join(root, 'app/Dockerfile'), 'FROM scratch\n')
  git('init', '-q', '-b', 'main')
  git('add', '.')
  if (!isEmpty) git('commit', '-q', '-m', 'first')
  return { root, git }
}

function attributesOf(root: string, env: Record<string, string> = {}): Promise<Record<string, string>> {
  const context = path.join(root, 'app')
  return gitAttributes({
    context,
    dockerfile: path.join(context, 'Dockerfile'),
    folders: { context, dockerfile: context, elsewhere: '/' },
    env: { PATH: process.env['PATH'], HOME: '/nowhere', ...env },
    signal: new AbortController().signal,
  })
}

const both = { BUILDX_GIT_LABELS: 'true' }

describe('what a frontend is told of the commit', () => {
  test('the commit, the remote without credentials, and where the folders are', async () => {
    const { root, git } = repository()
    git('remote', 'add', 'origin', 'https://me:secret@example.com/a.git')
    const revision = git('rev-parse', 'HEAD')
    const info = {
      'vcs:revision': revision,
      'vcs:source': 'https://xxxxx:xxxxx@example.com/a.git',
      'vcs:localdir:context': 'app',
      'vcs:localdir:dockerfile': 'app',
    }
    expect(await attributesOf(root)).toEqual(info)
    const labels = {
      'label:org.opencontainers.image.revision': revision,
      'label:org.opencontainers.image.source': 'https://xxxxx:xxxxx@example.com/a.git',
      'label:com.docker.image.source.entrypoint': 'app/Dockerfile',
    }
    expect(await attributesOf(root, both)).toEqual({ ...info, ...labels })
    expect(await attributesOf(root, { BUILDX_GIT_LABELS: 'full', BUILDX_GIT_INFO: '0' })).toEqual(labels)
    expect(await attributesOf(root, { BUILDX_GIT_INFO: 'false' })).toEqual({})
  })

  test('the remote that the branch follows comes first', async () => {
    const { root, git } = repository()
    for (const name of ['origin', 'fork']) git('remote', 'add', name, `git@example.com:${name}.git`)
    git('update-ref', 'refs/remotes/fork/main', 'HEAD')
    expect(await attributesOf(root)).toMatchObject({ 'vcs:source': 'git@example.com:origin.git' })
    git('branch', '-q', '--set-upstream-to', 'fork/main')
    expect(await attributesOf(root)).toMatchObject({ 'vcs:source': 'git@example.com:fork.git' })
  })

  test('whether there are changes, where that is asked for', async () => {
    const { root, git } = repository()
    const revision = git('rev-parse', 'HEAD')
    const asked = { BUILDX_GIT_CHECK_DIRTY: '1' }
    expect(await attributesOf(root, asked)).toMatchObject({ 'vcs:revision': revision })
    fs.writeFileSync(path.join(root, 'new'), '')
    expect(await attributesOf(root, asked)).toMatchObject({ 'vcs:revision': `${revision}-dirty` })
    expect(await attributesOf(root)).toMatchObject({ 'vcs:revision': revision })
  })

  test('a repository without a commit, and no repository', async () => {
    const { root } = repository({ isEmpty: true })
    expect(await attributesOf(root)).toEqual({ 'vcs:localdir:context': 'app', 'vcs:localdir:dockerfile': 'app' })
    fs.rmSync(path.join(root, '.git'), { recursive: true })
    expect(await attributesOf(root)).toEqual({})
  })

  test('what keeps git from telling', async () => {
    const { root } = repository()
    fs.renameSync(path.join(root, '.git'), path.join(root, 'app/.git'))
    await expect(attributesOf(root, { PATH: '/nowhere' })).rejects.toThrow(/^git was not found in the system: /)
    fs.rmSync(path.join(root, 'app/.git/HEAD'))
    await expect(attributesOf(root)).rejects.toThrow(/^failed to read current commit information/)
  })
})
