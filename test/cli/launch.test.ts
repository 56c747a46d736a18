import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'

describe('what a command loads', () => {
  beforeAll(() => {
    if (!fs.existsSync('dist/main.cjs')) spawnSync(process.execPath, ['scripts/build.mjs'])
  })

  /** The files of dist/ that a command line reads. */
  async function chunks(argv: string[], host?: string): Promise<string[]> {
    const hook = path.join(temporaryFolder(), 'hook.cjs')
    fs.writeFileSync(
      hook,
      `const fs = require('fs'), read = fs.readFileSync
fs.readFileSync = (file, ...rest) => {
  if (/[\\\\/]dist[\\\\/][^\\\\/]+$/.test(String(file))) process._rawDebug('LOADED ' + require('path').basename(String(file)))
  return read(file, ...rest)
}`,
    )
    const program = spawn(process.execPath, ['-r', hook, '--', 'bin/docket', ...argv], {
      // Node's pipes are sockets, which take a stream to be written to without blocking.
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOME: temporaryFolder(), ...(host !== undefined && { DOCKER_HOST: host }) },
    })
    let stderr = ''
    for await (const text of program.stderr.setEncoding('utf8')) stderr += text as string
    return [...stderr.matchAll(/^LOADED (.+)$/gm)].map(([, name]) => name!)
  }

  it('is no more than it needs', async () => {
    const help = ['main.cjs', 'plugins-host.cjs', 'root-help.txt']
    expect((await chunks(['--help'])).filter((name) => !help.includes(name))).toEqual([])
    expect(await chunks(['--version'])).toEqual(['main.cjs'])
    expect((await chunks(['ps', '--help'])).toSorted()).toEqual([
      'cli-help.cjs',
      'commander-esm.cjs',
      'commands-container-ls.cjs',
      'main.cjs',
    ])
  })

  it.each([
    [['ps', '--format', '{{.Names}}\t{{.Size}}'], 'GET /containers/json', [{ Id: 'x', Names: ['/web'], SizeRw: 1 }]],
    [['images', '--no-trunc'], 'GET /images/json', [{ Id: 'x', RepoTags: ['a:b'], Created: 1, Size: 1 }]],
    [['network', 'ls'], 'GET /networks', [{ Id: 'x', Name: 'n', Created: '2024-01-01T00:00:00Z' }]],
  ])('is not the template engine for plain fields: %j', async (argv, path, json) => {
    const engine = await fakeEngine({ [path]: { json } })
    const loaded = await chunks(argv, engine.host)
    expect(loaded).toContain('main.cjs')
    expect(loaded.filter((name) => name.includes('template'))).toEqual([])
    expect(await chunks([...argv, '--format', '{{upper .ID}}'], engine.host)).toContain('format-template-format.cjs')
  })
})
