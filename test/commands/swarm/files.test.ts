import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

const file = (ID: string, Name: string) => ({
  ID,
  CreatedAt: '2024-05-06T07:00:00Z',
  UpdatedAt: '2024-05-06T07:30:00Z',
  Spec: { Name, Labels: { a: '1' }, Data: Buffer.from('text').toString('base64') },
})

describe('docker secret and docker config', () => {
  it('list in natural order', async () => {
    const engine = await fakeEngine({ 'GET /secrets': { json: [file('s10', 'k10'), file('s2', 'k2')] } })
    const { stdout } = await run(['secret', 'ls'], { engine, now: new Date('2024-05-06T08:00:00Z') })
    expect(stdout).toBe(
      [
        'ID        NAME      DRIVER    CREATED             UPDATED',
        's2        k2                  About an hour ago   30 minutes ago',
        's10       k10                 About an hour ago   30 minutes ago\n',
      ].join('\n'),
    )
  })

  it('are made of a file or of stdin, never of nothing', async () => {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'f'), 'content')
    fs.writeFileSync(path.join(cwd, 'empty'), '')
    const engine = await fakeEngine({
      'POST /secrets/create': { json: { ID: 'new' } },
      'POST /configs/create': { json: { ID: 'newer' } },
    })
    expect((await run(['secret', 'create', '-l', 'a=b', 's', '-'], { engine, cwd, stdin: 'hush' })).stdout).toBe(
      'new\n',
    )
    expect((await run(['config', 'create', 'c', 'f'], { engine, cwd })).stdout).toBe('newer\n')
    expect(engine.requests.map(({ json }) => json)).toEqual([
      { Name: 's', Labels: { a: 'b' }, Data: Buffer.from('hush').toString('base64') },
      { Name: 'c', Labels: {}, Data: Buffer.from('content').toString('base64') },
    ])
    expect((await run(['secret', 'create', 's', 'empty'], { engine, cwd })).stderr).toBe(
      'error reading from empty: data is empty\n',
    )
    fs.mkdirSync(path.join(cwd, 'folder'))
    expect((await run(['secret', 'create', 's', 'folder'], { engine, cwd })).stderr).toBe(
      'error reading from folder: read folder: is a directory\n',
    )
    expect((await run(['config', 'create', 'c', 'gone'], { engine, cwd })).stderr).toBe(
      'error reading content from "gone": error reading from gone: open gone: no such file or directory\n',
    )
  })

  it('show a config with its data', async () => {
    const engine = await fakeEngine({ 'GET /configs/c': { json: file('c1', 'c') } })
    expect((await run(['config', 'inspect', '-f', 'table', 'c'], { engine })).stderr).toMatch(
      /^template parsing error: .*executing "" at <\.Name>/,
    )
    expect((await run(['config', 'inspect', '--pretty', 'c'], { engine })).stdout).toBe(
      'ID:\t\t\tc1\nName:\t\t\tc\nLabels:\n - a=1\nCreated at:            \t2024-05-06 07:00:00 +0000 UTC\nUpdated at:            \t2024-05-06 07:30:00 +0000 UTC\nData:\ntext\n',
    )
  })
})

it.each(['secret', 'config'])('checks the labels of a new %s', async (kind) => {
  const { stderr, exitCode } = await run([kind, 'create', '-l', '=b', 'x', '-'], { stdin: 'data' })
  expect([stderr.split('\n', 1)[0], exitCode]).toEqual([
    `invalid argument "=b" for "-l, --label" flag: invalid label '=b': empty name`,
    125,
  ])
})

it.each([['secret'], ['config'], ['node'], ['service']])(
  '%s inspect gives 1 for a template that is none',
  async (kind) => {
    const engine = await fakeEngine()
    const { stdout, stderr, exitCode } = await run([kind, 'inspect', '-f', '{{.', 'x'], { engine })
    expect([stdout, exitCode]).toEqual(['', 1])
    expect(stderr).toMatch(/^template parsing error/)
  },
)
