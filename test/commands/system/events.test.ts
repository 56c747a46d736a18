import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const text =
  '{"Type":"container","Action":"start","Actor":{"ID":"abc","Attributes":{"name":"web"}},"scope":"local","time":1704067200,"timeNano":1704067200123456789}\n'
const now = new Date('2024-01-02T00:00:00Z')

describe('docker events', () => {
  it('shows a line for each, to the nanosecond', async () => {
    const engine = await fakeEngine({ 'GET /events': { text: text + text } })
    const outcome = await run(['events', '--since', '10s', '--until', '0', '-f', 'type=container'], { engine, now })
    const line = '2024-01-01T00:00:00.123456789Z container start abc (name=web)\n'
    expect(outcome).toEqual({ stdout: line + line, stderr: '', exitCode: 0 })
    expect(engine.requests[0]?.query).toEqual({
      since: '1704153590',
      until: '0',
      filters: '{"type":{"container":true}}',
    })
  })

  it('reads what no daemon writes as Go does', async () => {
    const usual = '"time":1704067200,"timeNano":1704067200123456789}'
    const odd = [
      `{"type":"volume","ACTION":"create","Actor":{"ID":"v"},${usual}`,
      `{"Type":"container","Action":"a\\ud800b","Actor":{"ID":"c"},${usual}`,
      '{"timeNano":1704067200123456789,"Type":"container","Action":"stop","Actor":{"ID":"d","Attributes":null}}',
    ]
    const engine = await fakeEngine({ 'GET /events': { text: odd.join(' ') } })
    const at = '2024-01-01T00:00:00.123456789Z'
    const lines = [`${at} volume create v`, `${at} container a\ufffdb c`, `${at} container stop d`]
    expect((await run(['events'], { engine })).stdout.trim().split('\n')).toEqual(lines)
  })

  it('shows what came before an event that is none', async () => {
    const engine = await fakeEngine({ 'GET /events': { text: `${text}{"Type":5,"time":1,"timeNano":1}\n` } })
    const outcome = await run(['events'], { engine, now })
    const stderr = 'json: cannot unmarshal number into Go struct field Message.Type of type events.Type\n'
    expect(outcome).toEqual({
      stdout: '2024-01-01T00:00:00.123456789Z container start abc (name=web)\n',
      stderr,
      exitCode: 1,
    })
  })

  it('takes JSON and templates', async () => {
    const engine = await fakeEngine({ 'GET /events': { text } })
    expect((await run(['events', '--format', 'json'], { engine })).stdout).toBe(text)
    const { stdout } = await run(['events', '--format', '{{.Actor.Attributes.name}} {{.TimeNano}}'], { engine })
    expect(stdout).toBe('web 1704067200123456789\n')
  })

  it('shows each event as it comes', async () => {
    const ending = new AbortController()
    const engine = await fakeEngine({
      'GET /events': { handle: (response) => void response.writeHead(200).write(text) },
    })
    const onOutput = () => ending.abort()
    const outcome = await run(['events', '--format', '{{.Action}}'], { engine, signal: ending.signal, onOutput })
    expect(outcome).toEqual({ stdout: 'start\n', stderr: '', exitCode: 130 })
  })

  it('refuses a template that fails on an empty event, status 64', async () => {
    expect(await run(['events', '--format', '{{.Bogus}}'])).toEqual({
      stdout: '',
      stderr: `Error parsing format: template: :1:2: executing "" at <.Bogus>: can't evaluate field Bogus in type *events.Message\n`,
      exitCode: 64,
    })
  })

  it('says what is wrong with a time', async () => {
    const engine = await fakeEngine()
    expect((await run(['events', '--since', 'bogus'], { engine })).stderr).toBe(
      'failed to parse value as time or duration: "bogus"\n',
    )
  })
})
