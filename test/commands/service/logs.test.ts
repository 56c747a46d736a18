import { describe, expect, it, test } from 'vitest'
import { detailsText, logSource, parseLogDetails } from '../../../src/commands/service/_log-details.ts'
import { LogLines } from '../../../src/commands/service/_log-lines.ts'
import { fakeEngine, frame, type Stub } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const details = (task: string, more = '') =>
  `com.docker.swarm.node.id=n1,com.docker.swarm.service.id=s1,com.docker.swarm.task.id=${task}${more}`
const service = (more: object = {}) => ({
  ID: 's1',
  Spec: { Name: 'web', Mode: { Replicated: { Replicas: 12 } }, TaskTemplate: { ContainerSpec: {} }, ...more },
})
const task = (ID: string, Slot: number, TTY = false) => ({ ID, Slot, Spec: { ContainerSpec: { TTY } } })
const names: Record<string, Stub> = {
  'GET /services/s1': { json: service() },
  'GET /nodes/n1': { json: { ID: 'n1', Description: { Hostname: 'host' } } },
  'GET /tasks/one': { json: task('one4567890123456789012345', 1) },
}

/** An engine with a service `web` whose log is `bytes`; what names its lines is there to be asked for. */
function engineOf(bytes: Uint8Array, more: Record<string, Stub> = {}) {
  const stubs = { 'GET /services/web': { json: service() }, 'GET /services/web/logs': { bytes } }
  return fakeEngine(stubs, { optional: { ...names, ...more } })
}

const mixed = Buffer.concat([
  frame(1, `${details('one')} first\n`),
  frame(2, `${details('ten')} second\n`),
  frame(1, `${details('one')} and  more\n`),
  frame(1, `${details('one')} without end`),
])
const ten: Record<string, Stub> = { 'GET /tasks/ten': { json: task('ten4567890123456789012345', 10) } }

describe('docker service logs', () => {
  it('names the task and node of each line, aligned, and asks for each name once', async () => {
    const engine = await engineOf(mixed, ten)
    const outcome = await run(['service', 'logs', '-f', '-n', '5', '--since', '2024-01-02T03:04:05Z', 'web'], {
      engine,
    })
    expect(outcome).toEqual({
      stdout: [
        'web.1.one456789012@host     | first',
        'web.1.one456789012@host     | and  more',
        'web.1.one456789012@host     | without end',
      ].join('\n'),
      stderr: 'web.10.ten456789012@host    | second\n',
      exitCode: 0,
    })
    expect(engine.calls).toEqual([
      'GET /services/web',
      'GET /services/web/logs',
      'GET /nodes/n1',
      'GET /services/s1',
      'GET /tasks/one',
      'GET /tasks/ten',
    ])
    expect(engine.requests[1]?.query).toEqual({
      stdout: '1',
      stderr: '1',
      follow: '1',
      details: '1',
      tail: '5',
      since: '1704164645.000000000',
    })
  })

  it('shows IDs in place of names, whole or not at all', async () => {
    const engine = await engineOf(frame(1, `${details('one')} x\n`))
    const line = async (...flags: string[]) => (await run(['service', 'logs', ...flags, 'web'], { engine })).stdout
    expect(await line('--no-resolve')).toBe('s1.1.one456789012@n1     | x\n')
    expect(await line('--no-trunc')).toBe('web.1.one4567890123456789012345@host     | x\n')
    expect(await line('--no-task-ids')).toBe('web.1@host     | x\n')
  })

  it('keeps the time in front, and shows the other details where it is asked to', async () => {
    const more = ',b=two%2C2,a=%C3%A9+1'
    const engine = await engineOf(frame(1, `2024-01-02T03:04:05.000000000Z ${details('one', more)} x y\n`))
    const { stdout } = await run(['service', 'logs', '-t', '--details', '--no-task-ids', 'web'], { engine })
    expect(stdout).toBe('2024-01-02T03:04:05.000000000Z web.1@host     | a=é 1,b=two,2 x y\n')
    const plain = await engineOf(frame(1, `${details('one')} x\n`))
    expect((await run(['service', 'logs', '--details', '--no-task-ids', 'web'], { engine: plain })).stdout).toBe(
      'web.1@host     |  x\n',
    )
  })

  it('prints the lines alone with --raw', async () => {
    const engine = await fakeEngine({
      'GET /services/web': { json: service() },
      'GET /services/web/logs': { bytes: Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n')]) },
    })
    expect(await run(['service', 'logs', '--raw', 'web'], { engine })).toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
      exitCode: 0,
    })
    expect(engine.requests[1]?.query).toEqual({ stdout: '1', stderr: '1' })
    await run(['service', 'logs', '--raw', '--details', 'web'], { engine })
    expect(engine.requests[3]?.query).toEqual({ stdout: '1', stderr: '1', details: '1' })
  })

  it('refuses the output of terminals but with --raw', async () => {
    const tty = service({ TaskTemplate: { ContainerSpec: { TTY: true } } })
    const engine = await fakeEngine({
      'GET /services/web': { json: tty },
      'GET /services/web/logs': { bytes: Buffer.from('\u0001raw\r\n') },
    })
    expect(await run(['service', 'logs', 'web'], { engine })).toEqual({
      stdout: '',
      stderr: 'tty service logs only supported with --raw\n',
      exitCode: 1,
    })
    expect((await run(['service', 'logs', '--raw', 'web'], { engine })).stdout).toBe('\u0001raw\r\n')
  })

  it('gives the lines before an error, whoever it comes from', async () => {
    const line = frame(1, `${details('one')} x\n`)
    const after = async (bytes: Uint8Array, more: Record<string, Stub> = {}) => {
      const engine = await engineOf(Buffer.concat([line, bytes]), more)
      return run(['service', 'logs', '--no-task-ids', 'web'], { engine })
    }
    const failed = (stderr: string) => ({ stdout: 'web.1@host     | x\n', stderr, exitCode: 1 })
    expect(await after(frame(3, 'no luck'))).toEqual(failed('error from daemon in stream: no luck\n'))
    expect(await after(frame(1, 'bare\n'))).toEqual(failed('invalid context in log message: bare\n\n'))
    expect(await after(frame(1, 'a=b line\n'))).toEqual(failed('missing node id in details: map[a:b]\n'))
    const gone: Record<string, Stub> = { 'GET /tasks/ten': { status: 404, error: 'task ten not found' } }
    expect(await after(frame(1, `${details('ten')} y\n`), gone)).toEqual(
      failed('Error response from daemon: task ten not found\n'),
    )
  })

  it('says of a time that it cannot be read', async () => {
    const engine = await fakeEngine({ 'GET /services/web': { json: service() } })
    const { stderr } = await run(['service', 'logs', '--since', 'bogus', 'web'], { engine })
    expect(stderr).toContain('invalid value for "since": failed to parse value')
  })

  it('shows control characters of names on a terminal and does not obey them', async () => {
    const evil = { json: service({ Name: 'web\u001b[2J' }) }
    const engine = await engineOf(frame(1, `${details('one')} \u001b[1mbold\n`), { 'GET /services/s1': evil })
    const { stdout } = await run(['service', 'logs', '--no-task-ids', 'web'], { engine, terminal: true })
    expect(stdout).toBe('web\\x1b[2J.1@host     | \u001b[1mbold\n')
  })
})

test('the bytes of lines are as they were, wherever the log is cut', async () => {
  const bytes = Buffer.from([0xff, 0x00, 0x1b, 0x20, 0xfe, 0x0d, 0x0a])
  const log = Buffer.concat([
    frame(1, Buffer.concat([Buffer.from('d=1 '), bytes])),
    frame(2, 'd=2 err\n'),
    frame(1, Buffer.concat([Buffer.from('d=1 '), bytes])),
  ])
  const expected = Buffer.concat([Buffer.from('[d=1]'), bytes, Buffer.from('[d=2]err\n[d=1]'), bytes])
  for (let cut = 0; cut <= log.length; cut++) {
    const written: Buffer[] = []
    // Reads only after a while: the memory must be left alone until then.
    const sink = async (chunk: Uint8Array): Promise<void> => {
      await new Promise(setImmediate)
      written.push(Buffer.from(chunk))
    }
    const label = (text: string): Promise<string> => Promise.resolve(`[${text}]`)
    const lines = new LogLines({ stdout: sink, stderr: sink, timestamps: false, label })
    await lines.write(Buffer.from(log.subarray(0, cut)))
    await lines.write(Buffer.from(log.subarray(cut)))
    expect(Buffer.concat(written).equals(expected), `cut at ${cut}`).toBe(true)
  }
})

describe('the logs of a task', () => {
  const notFound: Stub = { status: 404, error: 'service one not found' }

  it('are asked for where there is no such service', async () => {
    const engine = await fakeEngine({
      ...names,
      'GET /services/one': notFound,
      'GET /tasks/one/logs': { bytes: frame(1, `${details('one')} x\n`) },
    })
    expect((await run(['service', 'logs', 'one'], { engine })).stdout).toBe('web.1.one456789012@host    | x\n')
    expect(engine.requests[2]?.query).toEqual({ stdout: '1', stderr: '1', details: '1', tail: 'all' })
  })

  it('are those of nobody where there is no such task either', async () => {
    const engine = await fakeEngine({
      'GET /services/one': notFound,
      'GET /tasks/one': { status: 404, error: 'task one not found' },
    })
    expect(await run(['service', 'logs', 'one'], { engine })).toEqual({
      stdout: '',
      stderr: 'no such task or service: one\n',
      exitCode: 1,
    })
  })

  it('are not asked for after another error', async () => {
    const engine = await fakeEngine({ 'GET /services/one': { status: 503, error: 'no swarm here' } })
    expect((await run(['service', 'logs', 'one'], { engine })).stderr).toBe(
      'Error response from daemon: no swarm here\n',
    )
  })

  it('are refused from a terminal but with --raw', async () => {
    const engine = await fakeEngine({ 'GET /services/one': notFound, 'GET /tasks/one': { json: task('one', 1, true) } })
    expect((await run(['service', 'logs', 'one'], { engine })).stderr).toBe(
      'tty service logs only supported with --raw\n',
    )
  })
})

describe('details of a line', () => {
  test.each<[string, Record<string, string>]>([
    ['key=value', { key: 'value' }],
    ['key1=value1,key2=value2', { key1: 'value1', key2: 'value2' }],
    ['key+with+spaces=value%3Dequals,asdf%2C=', { 'key with spaces': 'value=equals', 'asdf,': '' }],
    ['key=,key2=', { key: '', key2: '' }],
    ['__proto__=x', JSON.parse('{"__proto__":"x"}') as Record<string, string>],
  ])('%s', (text, expected) => {
    expect([...parseLogDetails(text)]).toEqual(Object.entries(expected))
  })

  test.each(['key=,=nothing', '=nothing', '=', 'errors', ''])('not %j', (text) => {
    expect(() => parseLogDetails(text)).toThrow('invalid details format')
  })

  test('not an escape that is none', () => {
    expect(() => parseLogDetails('a=%zz')).toThrow('invalid URL escape "%zz"')
  })

  test('name the node, the service and the task, and what they are without', () => {
    expect(logSource(details('one', ',b=2,a=1'))).toEqual({
      node: 'n1',
      service: 's1',
      task: 'one',
      rest: new Map([
        ['b', '2'],
        ['a', '1'],
      ]),
    })
    expect(() => logSource('com.docker.swarm.node.id=n1,z=1,a=2')).toThrow(
      'missing service id in details: map[a:2 z:1]',
    )
    expect(() => logSource('com.docker.swarm.node.id=n1,com.docker.swarm.service.id=s1')).toThrow(
      'missing task id in details: map[]',
    )
  })

  test('are written sorted', () => {
    expect(
      detailsText(
        new Map([
          ['b', '2'],
          ['a', 'x=1'],
        ]),
      ),
    ).toBe('a=x=1,b=2')
  })
})
