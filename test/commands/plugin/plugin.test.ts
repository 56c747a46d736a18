import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeEngine, type FakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const plugin = (Name: string, more = {}) => ({
  Id: 'a'.repeat(64),
  Name,
  Enabled: false,
  PluginReference: `docker.io/${Name}`,
  Config: { Description: 'Keeps\nthings' },
  ...more,
})

const wanted = [{ Name: 'network', Description: 'd', Value: ['host'] }]

describe('docker plugin', () => {
  it('lists plugins by name', async () => {
    const engine = await fakeEngine({ 'GET /plugins': { json: [plugin('b:1'), plugin('a:1', { Enabled: true })] } })
    expect((await run(['plugin', 'ls'], { engine })).stdout).toBe(
      'ID             NAME      DESCRIPTION   ENABLED\n' +
        'aaaaaaaaaaaa   a:1       Keepsthings   true\naaaaaaaaaaaa   b:1       Keepsthings   false\n',
    )
    expect((await run(['plugin', 'ls', '-q', '--no-trunc'], { engine })).stdout).toBe(`${'a'.repeat(64)}\n`.repeat(2))
  })

  it('installs what is granted: pulled, set and enabled under the name that the daemon gives', async () => {
    const engine = await fakeEngine({
      'GET /plugins/privileges': { json: wanted },
      'POST /plugins/pull': { lines: [{ status: 'Done' }], headers: { 'Docker-Plugin-Name': 'mine:latest' } },
      'POST /plugins/mine:latest/set': {},
      'POST /plugins/mine:latest/enable': {},
    })
    const { stdout } = await run(['plugin', 'install', '--alias', 'mine', 'x/p', 'A=1'], { engine, stdin: 'y\n' })
    expect(stdout).toBe(
      'Plugin "x/p" is requesting the following privileges:\n - network: [host]\n' +
        'Do you grant the above permissions? [y/N] Done\nInstalled plugin x/p\n',
    )
    expect(engine.requests.map(({ path, query, json }) => [path, query, json])).toEqual([
      ['/plugins/privileges', { remote: 'docker.io/x/p' }, undefined],
      ['/plugins/pull', { remote: 'docker.io/x/p', name: 'mine:latest' }, wanted],
      ['/plugins/mine:latest/set', {}, ['A=1']],
      ['/plugins/mine:latest/enable', { timeout: '0' }, undefined],
    ])
  })

  it('pulls nothing that is not granted', async () => {
    const engine = await fakeEngine({ 'GET /plugins/privileges': { json: wanted } })
    const { stderr, exitCode } = await run(['plugin', 'install', 'x/p'], { engine, stdin: 'n\n' })
    expect({ stderr, exitCode }).toEqual({
      stderr: 'permission denied while installing plugin docker.io/x/p\n',
      exitCode: 1,
    })
    expect(engine.requests).toHaveLength(1)
  })

  it('upgrades only what is disabled', async () => {
    const engine = await fakeEngine({ 'GET /plugins/p/json': { json: plugin('p:latest', { Enabled: true }) } })
    const { stderr, exitCode } = await run(['plugin', 'upgrade', 'p'], { engine })
    expect({ stderr, exitCode }).toEqual({ stderr: 'the plugin must be disabled before upgrading\n', exitCode: 1 })
  })

  it('creates a plugin of what is in a folder, compressed when asked to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-plugin-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    mkdirSync(join(folder, 'rootfs'))
    writeFileSync(join(folder, 'config.json'), '{}')
    const engine = await fakeEngine({ 'POST /plugins/create': {} })
    expect((await run(['plugin', 'create', 'p:1', folder], { engine })).stdout).toBe('p:1\n')
    await run(['plugin', 'create', '--compress', 'p:1', folder], { engine })
    const [plain, compressed] = engine.requests.map(({ body }) => body)
    expect(plain?.subarray(0, 12).toString()).toBe('config.json\0')
    expect(gunzipSync(compressed!)).toEqual(plain)
    expect(engine.requests[0]?.query).toEqual({ name: 'p:1' })
  })

  it.each([
    ['', 'EOF'],
    ['{', 'unexpected EOF'],
    ['{"description": x}', "invalid character 'x' looking for beginning of value"],
    ['{"Env": 1}', 'json: cannot unmarshal number into Go struct field Config.Env of type []plugin.Env'],
  ])('refuses to make one of a config.json with %j', async (config, reason) => {
    const { stderr, exitCode } = await createdOf(config)
    expect({ stderr, exitCode }).toEqual({ stderr: `${reason}\n`, exitCode: 1 })
  })

  it.each(['{"interface": {"types": ["docker.volumedriver/1.0"], "socket": "p.sock"}, "x": 1}', '{} and more'])(
    'makes one of a config.json with %j',
    async (config) => {
      const engine = await fakeEngine({ 'POST /plugins/create': {} })
      expect(await createdOf(config, engine)).toMatchObject({ stdout: 'p:1\n', exitCode: 0 })
    },
  )
})

/** What comes of creating a plugin whose config.json has this text. */
async function createdOf(config: string, engine?: FakeEngine) {
  const folder = mkdtempSync(join(tmpdir(), 'docket-plugin-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'rootfs'))
  writeFileSync(join(folder, 'config.json'), config)
  return run(['plugin', 'create', 'p:1', folder], engine === undefined ? {} : { engine })
}
