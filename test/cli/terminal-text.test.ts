import { describe, expect, test } from 'vitest'
import { fakeEngine, type Stub } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { programArgv } from '../program.ts'
import { openTerminal } from '../pty.ts'

/** Sets the terminal's title, by the sequence of 7 bits and that of 8, and hides the cursor. */
const evil = '\x1b]0;owned\x07\u009d0;owned\u009c\x1b[?25l'
const spelled = '\\x1b]0;owned'

const container = {
  Id: 'c0ffee',
  Names: [`/web${evil}`],
  Image: `img${evil}`,
  Command: 'sh',
  Created: 1,
  State: 'running',
  Status: `Up${evil}\nsecond line`,
  Labels: { [`key${evil}`]: `value${evil}` },
}
const image = {
  Id: `sha256:${evil}`,
  RepoTags: [`repo${evil}:latest`],
  Created: 1,
  Size: 1,
  Containers: 0,
  Manifests: [],
}
const progress = [
  { status: `Pulling${evil}`, id: 'latest' },
  { status: `Downloading${evil}`, id: `layer${evil}`, progressDetail: { current: 1, total: 2 } },
  { errorDetail: { message: `refused${evil}` }, error: 'refused' },
]
const statHeader = Buffer.from(`not JSON${evil}`, 'utf8').toString('base64')

/** Runs a command line on a terminal against an engine with these answers and gives what the terminal got. */
async function shown(argv: string[], stubs: Record<string, Stub>): Promise<string> {
  const engine = await fakeEngine({}, { optional: stubs, experimental: true })
  const terminal = openTerminal([...programArgv(), ...argv], {
    columns: 300,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: temporaryFolder(),
      DOCKER_HOST: engine.host,
      DOCKER_CLI_HINTS: 'false',
    },
  })
  await terminal.ended()
  expect(engine.requests.length).toBeGreaterThan(0)
  return terminal.shown()
}

describe('on a terminal, what comes from outside is shown and not obeyed', () => {
  const list = { 'GET /containers/json': { json: [container] } }
  const images = { 'GET /images/json': { json: [image] } }
  const pull = { 'POST /images/create': { lines: progress } }
  const described = { 'GET /containers/web/json': { json: { Id: 'c0ffee', Name: `/web${evil}` } } }
  const event = {
    Type: 'container',
    Action: `start${evil}`,
    Actor: { ID: 'x', Attributes: { a: `b${evil}` } },
    time: 1,
  }

  test.each<[string[], Record<string, Stub>]>([
    [['ps', '-a', '--no-trunc'], list],
    [['ps', '-a', '--format', '{{.Names}} {{.Labels}}'], list],
    [['ps', '-a', '--format', 'table {{.ID}}\t{{upper .Status}}'], list],
    [['images', '--tree'], images],
    [['history', 'x'], { 'GET /images/x/history': { json: [{ Id: 'x', Created: 1, CreatedBy: evil, Size: 1 }] } }],
    [['inspect', '--type', 'container', '-f', '{{.Name}}', 'web'], described],
    [['pull', 'busybox'], pull],
    [['events', '--until', '1'], { 'GET /events': { lines: [event] } }],
    [['top', 'web'], { 'GET /containers/web/top': { json: { Titles: ['PID'], Processes: [[evil]] } } }],
    [['diff', 'web'], { 'GET /containers/web/changes': { json: [{ Path: `/x${evil}`, Kind: 1 }] } }],
    [['stop', 'web'], { 'POST /containers/web/stop': { error: `no${evil}` } }],
    [['stop', 'web'], { 'POST /containers/web/stop': { status: 500, text: `<html>${evil}` } }],
    [['volume', 'create'], { 'POST /volumes/create': { status: 201, json: { Name: `v${evil}` } } }],
  ])('%j', async (argv, stubs) => {
    const text = await shown(argv, stubs)
    expect(text.toLowerCase()).toContain(spelled)
    expect(text).not.toContain('\x1b]')
    expect(text).not.toContain('\u009d')
    expect(text).not.toContain('\x1b[?25l')
  })

  test('the lines of a table are its rows', async () => {
    const text = await shown(['ps', '-a'], list)
    expect(text.trimEnd().split('\n')).toHaveLength(2)
  })

  test('JSON stays what it was', async () => {
    const text = await shown(['inspect', '--type', 'container', 'web'], described)
    expect(text).not.toContain('\u009d')
    expect(JSON.parse(text)).toMatchObject([{ Name: `/web${evil}` }])
  })

  test("a header of cp's that is no JSON", async () => {
    const stat = { headers: { 'X-Docker-Container-Path-Stat': statHeader }, bytes: Buffer.alloc(0) }
    const text = await shown(['cp', 'web:/x', '/'], {
      'HEAD /containers/web/archive': stat,
      'GET /containers/web/archive': stat,
    })
    expect(text).toContain('unable to get resource stat')
    expect(text).not.toContain('\x1b]')
  })
})

test("a container's own output goes to the terminal as it is", async () => {
  const text = await shown(['logs', 'web'], {
    'GET /containers/web/json': { json: { Id: 'c0ffee', Config: { Tty: true } } },
    'GET /containers/c0ffee/logs': {
      headers: { 'Content-Type': 'application/vnd.docker.raw-stream' },
      text: `own ${evil}`,
    },
  })
  expect(text).toContain(`own ${evil}`)
})
