import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { displayMode } from '../../../src/build/progress/mode.ts'
import { printAnswer } from '../../../src/build/solve/answer.ts'
import { checkDestinations } from '../../../src/build/solve/destinations.ts'
import { nodeId } from '../../../src/build/solve/node-id.ts'
import { findSecrets } from '../../../src/build/solve/secrets.ts'
import { readSourcePolicy } from '../../../src/build/solve/source-policy.ts'
import { temporaryFolder } from '../../harness.ts'

describe('where results go', () => {
  const local = (folder: string, mode?: string) => ({
    type: 'local',
    attributes: mode === undefined ? {} : { mode },
    folder,
  })
  const tar = (file: string) => ({ type: 'tar', attributes: {}, file })

  function check(exporters: Parameters<typeof checkDestinations>[0], more = {}): void {
    const cwd = temporaryFolder()
    fs.writeFileSync(path.join(cwd, 'file'), '')
    fs.mkdirSync(path.join(cwd, 'folder'))
    fs.symlinkSync('/', path.join(cwd, 'away'))
    checkDestinations(exporters, { cwd, getwd: () => cwd, isTerminal: false, mayDelete: false, ...more })
  }

  test('to what is not there yet, or is of the kind', () => {
    check([local('new'), local('folder'), tar('new.tar'), tar('file'), tar('-'), local('folder/sub', 'delete')])
    check([local('/anywhere', 'delete')], { mayDelete: true })
  })

  test.each([
    [[local('file')], 'destination directory file is a file'],
    [[tar('folder')], 'destination file folder is a directory'],
    [[tar('file/x')], 'invalid destination file: file/x: stat file/x: not a directory'],
    [[tar('-'), tar('-')], 'multiple outputs configured to write to stdout'],
    [[local('.', 'delete')], 'local output mode=delete for destination "." requires --allow=buildx.local.delete'],
    [[local('away/x', 'delete')], 'local output mode=delete for destination "away/x" requires'],
    [[local('x', 'move')], 'invalid local exporter mode "move"'],
  ])('refused: %j', (exporters, message) => {
    expect(() => check(exporters)).toThrow(message)
  })

  test('no archive on a terminal', () => {
    expect(() => check([tar('-')], { isTerminal: true })).toThrow('refusing to write to console')
  })
})

describe('where secrets are', () => {
  test('a variable, a file, or what has the name of the ID', () => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'token'), 'x')
    const env = { SET: '', toString: undefined }
    const secrets = [
      { id: 'a', file: '', variable: 'X' },
      { id: 'SET', file: '', variable: '' },
      { id: 'token', file: '', variable: '' },
      { id: 'b', file: 'token', variable: '' },
    ]
    expect([...findSecrets(secrets, { env, cwd: folder })]).toEqual([
      ['a', { variable: 'X' }],
      ['SET', { variable: 'SET' }],
      ['token', { file: path.join(folder, 'token') }],
      ['b', { file: path.join(folder, 'token') }],
    ])
  })

  test('refused', () => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'big'), Buffer.alloc(500 * 1024 + 1))
    const find = (id: string) => () => findSecrets([{ id, file: '', variable: '' }], { env: {}, cwd: folder })
    expect(find('')).toThrow('secret missing ID')
    expect(find('none')).toThrow('failed to stat none: stat none: no such file or directory')
    expect(find('big')).toThrow('secret big too big. max size 500KiB')
  })
})

describe('how progress is shown', () => {
  const choose = (choice: Partial<Parameters<typeof displayMode>[0]>) =>
    displayMode({ progress: 'auto', quiet: false, isTerminal: false, env: {}, ...choice })

  test.each([
    [{}, 'plain'],
    [{ isTerminal: true }, 'tty'],
    [{ env: { BUILDKIT_PROGRESS: 'rawjson' } }, 'rawjson'],
    [{ progress: 'plain', env: { BUILDKIT_PROGRESS: 'rawjson' } }, 'plain'],
    [{ progress: 'none' }, 'quiet'],
    [{ progress: 'quiet' }, 'quiet'],
    [{ quiet: true, isTerminal: true }, 'quiet'],
  ] as const)('%j: %s', (choice, mode) => {
    expect(choose(choice)).toBe(mode)
  })
})

describe('what a frontend answers', () => {
  const call = { name: 'lint', format: '', ignoreStatus: false }
  const source = { filename: 'Dockerfile', data: Buffer.from('from a\nRUN b').toString('base64') }
  const warning = (ruleName: string, line: number) => ({
    ruleName,
    url: 'https://docs',
    detail: 'no',
    location: { ranges: [{ start: { line }, end: { line } }] },
  })

  test('warnings in the order of lines, and the status that tells of them', () => {
    const json = JSON.stringify({ warnings: [warning('B', 2), warning('A', 1)], sources: [source] })
    const printed = printAnswer(call, { 'result.json': json, 'result.statuscode': '1' }, 'dir/Dockerfile')
    expect(printed.exitCode).toBe(1)
    expect(printed.text).toBe(
      'Check complete, 2 warnings have been found!\n' +
        '\nWARNING: A - https://docs\nno\ndir/Dockerfile:1\n--------------------\n   1 | >>> from a\n   2 |     RUN b\n--------------------\n' +
        '\nWARNING: B - https://docs\nno\ndir/Dockerfile:2\n--------------------\n   1 |     from a\n   2 | >>> RUN b\n--------------------\n',
    )
    expect(
      printAnswer({ ...call, ignoreStatus: true }, { 'result.json': json, 'result.statuscode': '1' }, '').exitCode,
    ).toBe(0)
  })

  test('nothing to warn of, and a Dockerfile that cannot be built', () => {
    expect(printAnswer(call, { 'result.json': '{}' }, '').text).toBe('Check complete, no warnings found.\n')
    const broken = { buildError: { message: 'unknown instruction', location: { ranges: [] } }, sources: [source] }
    const { text, failure } = printAnswer(call, { 'result.json': JSON.stringify(broken) }, '')
    expect([text, failure?.message]).toEqual(['', 'ERROR: unknown instruction\n'])
  })

  test('as JSON, and as the frontend words it', () => {
    const answer = { 'result.json': '{"a":1}', 'result.txt': 'TARGET x\n' }
    expect(printAnswer({ ...call, format: 'json' }, answer, '').text).toBe('{"a":1}\n')
    expect(printAnswer({ ...call, name: 'targets' }, answer, '').text).toBe('TARGET x\n')
  })
})

test('the name of this machine is made once and kept beside those of buildx', () => {
  const configDir = temporaryFolder()
  const id = nodeId(configDir, {})
  expect(id).toMatch(/^[\da-f]{16}$/)
  expect(nodeId(configDir, {})).toBe(id)
  expect(fs.readFileSync(path.join(configDir, 'buildx/.buildNodeID'), 'utf8')).toBe(id)
  expect(nodeId('/dev/null', {})).toBe('')
})

test('a policy of sources, by the names of its choices', () => {
  const cwd = temporaryFolder()
  const policy = {
    version: 1,
    rules: [{ action: 'DENY', selector: { identifier: 'docker-image://x', match_type: 'EXACT' } }],
  }
  fs.writeFileSync(path.join(cwd, 'p.json'), JSON.stringify(policy))
  expect(readSourcePolicy({ EXPERIMENTAL_BUILDKIT_SOURCE_POLICY: 'p.json' }, cwd)).toMatchObject({
    version: 1,
    rules: [{ action: 1, selector: { identifier: 'docker-image://x', matchType: 1 } }],
  })
  expect(readSourcePolicy({}, cwd)).toBeUndefined()
  expect(() => readSourcePolicy({ EXPERIMENTAL_BUILDKIT_SOURCE_POLICY: 'none' }, cwd)).toThrow(
    'failed to read policy file: open none',
  )
})
