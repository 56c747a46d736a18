import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'
import { loadedBy } from '../start-up.ts'

describe('what a command loads', () => {
  const chunks = async (argv: string[], host?: string): Promise<readonly string[]> =>
    (await loadedBy(argv, host)).chunks

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
