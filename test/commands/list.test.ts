import { describe, expect, test } from 'vitest'
import { fakeEngine, type Stub } from '../fake-engine.ts'
import { run } from '../harness.ts'

const object = { Id: 'a', ID: 'a', Name: 'n', Names: ['/n'], Spec: { Name: 'n' }, Config: { Description: 'd' } }
const image = { Id: 'a', RepoTags: ['n:1'], Created: 1, Size: 1 }
const found = { name: 'n', description: 'd', star_count: 1, is_official: false }

/** The list commands with what they are answered: with a format in config.json, and without one. */
const lists: { argv: string[]; path: string; json: unknown; configKey?: string }[] = [
  { argv: ['ps'], path: '/containers/json', json: [object], configKey: 'psFormat' },
  { argv: ['images'], path: '/images/json', json: [image], configKey: 'imagesFormat' },
  { argv: ['network', 'ls'], path: '/networks', json: [object], configKey: 'networksFormat' },
  { argv: ['volume', 'ls'], path: '/volumes', json: { Volumes: [object] }, configKey: 'volumesFormat' },
  { argv: ['plugin', 'ls'], path: '/plugins', json: [object], configKey: 'pluginsFormat' },
  { argv: ['service', 'ls'], path: '/services', json: [object], configKey: 'servicesFormat' },
  { argv: ['node', 'ls'], path: '/nodes', json: [object], configKey: 'nodesFormat' },
  { argv: ['node', 'ps', '--no-resolve', 'n'], path: '/tasks', json: [object], configKey: 'tasksFormat' },
  { argv: ['secret', 'ls'], path: '/secrets', json: [object], configKey: 'secretFormat' },
  { argv: ['config', 'ls'], path: '/configs', json: [object], configKey: 'configFormat' },
  { argv: ['history', 'n'], path: '/images/n/history', json: [{ Id: 'a', CreatedBy: 'x' }] },
  { argv: ['search', 'n'], path: '/images/search', json: [found] },
  { argv: ['system', 'df'], path: '/system/df', json: {} },
]

function engineWith(path: string, json: unknown) {
  const around: Record<string, Stub> = { 'GET /info': { json: {} }, 'GET /nodes/n': { json: object } }
  return fakeEngine({}, { optional: { ...around, [`GET ${path}`]: { json } } })
}

describe.each(lists)('$argv', ({ argv, path, json, configKey }) => {
  if (configKey !== undefined)
    test("takes config.json's format unless told another or --quiet", async () => {
      const engine = await engineWith(path, json)
      const world = { engine, config: { [configKey]: 'configured' } }
      expect((await run(argv, world)).stdout).toBe('configured\n')
      expect((await run([...argv, '--format', 'given'], world)).stdout).toBe('given\n')
      expect((await run([...argv, '--quiet'], world)).stdout).toMatch(/^[an]\n$/)
    })

  test('measures columns as the locale does', async () => {
    const engine = await engineWith(path, json)
    const format = ['--format', 'table §\tx']
    const [line] = (await run([...argv, ...format], { engine })).stdout.split('\n')
    expect(line).toBe(`§${' '.repeat(9)}x`)
    const [wide] = (await run([...argv, ...format], { engine, env: { LANG: 'ja_JP.UTF-8' } })).stdout.split('\n')
    expect(wide).toBe(`§${' '.repeat(8)}x`)
  })

  test('writes the bytes that a template cuts', async () => {
    const engine = await engineWith(path, json)
    const { stdout, stderr } = await run([...argv, '--format', '{{truncate "é" 1}}{{slice "é" 1}}'], { engine })
    expect(stderr).toBe('')
    expect(stdout).toMatch(/^(é\n)+$/)
  })
})
