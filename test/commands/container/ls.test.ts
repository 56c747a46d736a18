import { describe, expect, it } from 'vitest'
import { listOptions } from '../../../src/commands/container/ls.ts'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const now = new Date('2024-01-02T00:00:00Z')
const web = {
  Id: 'abcdef0123456789',
  Names: ['/web'],
  Image: 'nginx',
  Command: 'nginx -g',
  Created: now.getTime() / 1000 - 300,
  Status: 'Up 5 minutes',
  Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }],
}
const listing = { 'GET /containers/json': { json: [web] } }

describe('docker ps', () => {
  it('shows a table', async () => {
    const engine = await fakeEngine(listing)
    expect((await run(['ps'], { engine, now })).stdout).toBe(
      'CONTAINER ID   IMAGE     COMMAND      CREATED         STATUS         PORTS                  NAMES\n' +
        'abcdef012345   nginx     "nginx -g"   5 minutes ago   Up 5 minutes   0.0.0.0:8080->80/tcp   web\n',
    )
    expect(engine.requests[0]?.query).toEqual({})
  })

  it('asks for sizes where the template looks at them', async () => {
    const engine = await fakeEngine(listing)
    const size = async (...argv: string[]) => {
      await run(['ps', ...argv], { engine, now })
      return engine.requests.at(-1)?.query['size']
    }
    expect(await size('--format', '{{.Names}} {{if .Image}}{{.Size}}{{end}}')).toBe('1')
    expect(await size('--format', '{{json .}}')).toBe('1')
    expect(await size('--format', 'json')).toBeUndefined()
    expect(await size('--format', '{{.Names}}')).toBeUndefined()
    expect(await size('--size=false', '--format', '{{.Size}}')).toBeUndefined()
    expect(await size('-q', '--format', '{{.Size}}')).toBeUndefined()
    expect(await size('-s')).toBe('1')
  })

  it('takes the format of config.json, and --quiet before it', async () => {
    const engine = await fakeEngine(listing)
    const config = { psFormat: 'table {{.Names}}\\t{{.Image}}' }
    expect((await run(['ps'], { engine, now, config })).stdout).toBe('NAMES     IMAGE\nweb       nginx\n')
    expect(await run(['ps', '-q'], { engine, now, config })).toEqual({
      stdout: 'abcdef012345\n',
      stderr: '',
      exitCode: 0,
    })
    expect(await run(['ps', '-q', '--format', 'json'], { engine, now })).toEqual({
      stdout: 'abcdef012345\n',
      stderr: 'WARNING: Ignoring custom format, because both --format and --quiet are set.\n',
      exitCode: 0,
    })
  })

  it('refuses a template that does not parse or run before it asks anything', async () => {
    const engine = await fakeEngine()
    expect((await run(['ps', '--format', '{{'], { engine })).stderr).toBe(
      'failed to parse template: template: :1: unclosed action\n',
    )
    expect((await run(['ps', '--format', '{{.Names.Foo}}'], { engine })).stderr).toBe(
      'failed to execute template: template: :1:8: executing "" at <.Names.Foo>: can\'t evaluate field Foo in type string\n',
    )
  })
})

describe('listOptions', () => {
  it.each([
    [{}, -1],
    [{ latest: true }, 1],
    [{ last: 3 }, 3],
    [{ last: 3, latest: true }, 3],
    [{ last: 0, latest: true }, 0],
  ])('limits by %j', (options, limit) => {
    expect(listOptions(options, false).limit).toBe(limit)
  })
})
