import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { BuildFlags } from '../../../src/build/flags/options.ts'
import { openInputs } from '../../../src/build/solve/inputs.ts'
import { temporaryFolder } from '../../harness.ts'
import { optionsOf } from './options.ts'

/** Opens inputs in a folder that has `files`. */
async function open(
  specified: string,
  flags: BuildFlags = {},
  { files = {} as Record<string, string>, stdin = Buffer.alloc(0) } = {},
) {
  const cwd = temporaryFolder()
  const temporary = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true })
    fs.writeFileSync(path.join(cwd, name), content)
  }
  const inputs = await openInputs(specified, optionsOf(flags), {
    in: { pump: async (sink) => void (stdin.length > 0 && (await sink(stdin))), release: () => undefined },
    cwd,
    getwd: () => cwd,
    env: { TMPDIR: temporary },
    nodeId: 'node',
    newId: () => 'id',
    fetch: (url) => Promise.resolve(Buffer.from(`# of ${url}`)),
  })
  onTestFinished(() => inputs.close())
  const local = (folder: string): string => path.relative(cwd, folder)
  return { inputs, cwd, temporary, local }
}

describe('what a build is made from', () => {
  test('a folder with its Dockerfile', async () => {
    const { inputs, cwd, local } = await open('.', {}, { files: { Dockerfile: '' } })
    expect(inputs.attributes).toEqual({ filename: 'Dockerfile' })
    expect(Object.entries(inputs.folders).map(([name, folder]) => [name, local(folder)])).toEqual([
      ['context', ''],
      ['dockerfile', ''],
    ])
    expect(inputs.sharedKey).toBe(`${path.basename(cwd)}:node`)
  })

  test('a Dockerfile elsewhere, counted from the working folder', async () => {
    const files = { 'a/x': '', 'docker/My.Dockerfile': '' }
    const { inputs, local } = await open('a', { file: 'docker/My.Dockerfile' }, { files })
    expect(inputs.attributes).toEqual({ filename: 'My.Dockerfile' })
    expect(local(inputs.folders['dockerfile']!)).toBe('docker')
    expect(local(inputs.folders['context']!)).toBe('a')
    expect(inputs.sharedKey).toBe('a:node')
  })

  test('a dockerfile in small letters, where there is no other', async () => {
    expect((await open('.', {}, { files: { dockerfile: '' } })).inputs.attributes['filename']).toBe('dockerfile')
    const both = await open('.', {}, { files: { dockerfile: '', Dockerfile: '' } })
    expect(both.inputs.attributes['filename']).toBe('Dockerfile')
  })

  test('a Dockerfile on stdin lies in a folder of its own, which goes in the end', async () => {
    const stdin = Buffer.from('FROM x\n')
    const { inputs, temporary } = await open('-', {}, { stdin })
    expect(inputs.attributes).toEqual({ filename: 'Dockerfile', dockerfilekey: 'dockerfile' })
    expect(fs.readFileSync(path.join(inputs.folders['dockerfile']!, 'Dockerfile'), 'utf8')).toBe('FROM x\n')
    expect(fs.readdirSync(inputs.folders['context']!)).toEqual([])
    inputs.close()
    expect(fs.readdirSync(temporary)).toEqual([])
    const beside = await open('.', { file: '-' }, { stdin })
    expect(beside.inputs.attributes).toEqual({ filename: 'Dockerfile', dockerfilekey: 'dockerfile' })
  })

  test('a Dockerfile that is to be downloaded, beside a folder, a repository and an archive', async () => {
    const file = 'https://example.com/Dockerfile'
    const own = { filename: 'Dockerfile', dockerfilekey: 'dockerfile' }
    const beside = await open('.', { file })
    expect(beside.inputs.attributes).toEqual(own)
    expect(Object.keys(beside.inputs.folders)).toEqual(['context', 'dockerfile'])
    const text = fs.readFileSync(path.join(beside.inputs.folders['dockerfile']!, 'Dockerfile'), 'utf8')
    expect(text).toBe('# of https://example.com/Dockerfile')
    const context = 'https://example.com/a.git'
    expect((await open(context, { file })).inputs.attributes).toEqual({ ...own, context })
    const packed = await open('-', { file }, { stdin: gzipSync('x') })
    expect(packed.inputs.attributes).toEqual({ ...own, context: 'http://buildkit-session/id' })
    expect(packed.inputs.upload).toBeDefined()
  })

  test('an archive on stdin is served as it comes', async () => {
    const stdin = gzipSync('x')
    const { inputs } = await open('-', { file: 'sub/Dockerfile' }, { stdin })
    expect(inputs.attributes).toEqual({ context: 'http://buildkit-session/id', filename: 'sub/Dockerfile' })
    const chunks = []
    for await (const chunk of inputs.upload!.chunks) chunks.push(chunk)
    expect(Buffer.concat(chunks)).toEqual(stdin)
  })

  test('a repository, and what of it is meant in its query', async () => {
    const { inputs } = await open('https://example.com/a.git?ref=main', { file: 'sub/Dockerfile' })
    expect(inputs.attributes).toEqual({
      context: 'https://example.com/a.git?ref=main',
      filename: 'sub/Dockerfile',
      'frontend.caps': 'moby.buildkit.frontend.gitquerystring',
    })
    expect(inputs.folders).toEqual({})
  })

  test('named contexts: folders, images, repositories', async () => {
    const flags = { buildContext: ['lib=lib', 'context=.', 'base=docker-image://x', 'src=https://e.com/a.git?ref=b'] }
    const { inputs, cwd, local } = await open('.', flags, { files: { Dockerfile: '', 'lib/a': '' } })
    expect(inputs.attributes).toEqual({
      filename: 'Dockerfile',
      'context:lib': 'local:lib',
      'sharedkey:localdir:lib': 'lib:node',
      'context:context': 'local:_context',
      'sharedkey:localdir:context': `${path.basename(cwd)}:node`,
      'context:base': 'docker-image://x',
      'context:src': 'https://e.com/a.git?ref=b',
      'frontend.caps': 'moby.buildkit.frontend.contexts+forward,moby.buildkit.frontend.gitquerystring+forward',
    })
    expect(local(inputs.folders['lib']!)).toBe('lib')
    expect(local(inputs.folders['_context']!)).toBe('')
  })

  test.each<[string, BuildFlags, string, string]>([
    ['nowhere', {}, '', 'unable to prepare context: path "nowhere" not found'],
    ['-', { file: '-' }, 'x', "invalid argument: can't use stdin for both build context and dockerfile"],
    ['-', { file: 'x' }, 'FROM y', 'ambiguous Dockerfile source: both stdin and flag correspond to Dockerfiles'],
    ['.', { file: 'none/Dockerfile' }, '', 'stat none: no such file or directory'],
    ['.', { buildContext: ['a=none'] }, '', 'failed to get build context a: stat none: no such file or directory'],
    [
      '.',
      { buildContext: ['a=oci-layout://x'] },
      '',
      'oci-layout reference "oci-layout://x" could not be resolved: open ',
    ],
  ])('refuses %s with %j', async (specified, flags, stdin, message) => {
    await expect(open(specified, flags, { stdin: Buffer.from(stdin) })).rejects.toThrow(message)
  })
})
