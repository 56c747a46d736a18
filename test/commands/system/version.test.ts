import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const daemon = {
  Platform: { Name: 'Some Engine' },
  Version: '28.0',
  ApiVersion: '1.48',
  MinAPIVersion: '1.24',
  Os: 'linux',
  Arch: 'arm64',
  Components: [
    {
      Name: 'Engine',
      Version: '28.0',
      Details: {
        ApiVersion: '1.48',
        MinAPIVersion: '1.24',
        GoVersion: 'go1.2',
        GitCommit: 'abc',
        BuildTime: '2024-03-05T06:07:08.000000000+00:00',
        Os: 'linux',
        Arch: 'arm64',
        Experimental: 'true',
      },
    },
    { Name: 'runc', Version: '1.2', Details: { b: '2', a: '1' } },
  ],
}

async function version(argv: string[], answer: object = daemon) {
  const engine = await fakeEngine({ 'GET /version': { json: answer } }, { apiVersion: '1.48' })
  return run(['version', ...argv], { engine })
}

describe('docker version', () => {
  it('tells of client, daemon and its components', async () => {
    expect((await version([])).stdout).toBe(
      `Client:
 Version:           29.8.0
 API version:       1.48 (downgraded from 1.55)
 Git commit:        28f7560
 OS/Arch:           linux/amd64
 Context:           default

Server: Some Engine
 Engine:
  Version:          28.0
  API version:      1.48 (minimum version 1.24)
  Go version:       go1.2
  Git commit:       abc
  Built:            Tue Mar  5 06:07:08 2024
  OS/Arch:          linux/arm64
  Experimental:     true
 runc:
  Version:          1.2
  a:                1
  b:                2
`,
    )
  })

  it('makes an Engine of the answer of a daemon that names no components', async () => {
    const { stdout } = await version([], { Version: '3.4', ApiVersion: '1.40', Os: 'linux', Arch: 'amd64' })
    expect(stdout).toContain(
      'Server:\n Engine:\n  Version:          3.4\n  API version:      1.40 (minimum version )\n',
    )
  })

  it('follows a template, aligned, or prints JSON', async () => {
    expect((await version(['-f', '{{.Client.Version}} {{.Server.Experimental}}'])).stdout).toBe('29.8.0 true\n')
    expect((await version(['-f', 'a:\tb{{println}}long name that is longer:\tc'])).stdout).toBe(
      `${'a:'.padEnd(26)}b\nlong name that is longer: c\n`,
    )
    expect(JSON.parse((await version(['-f', 'json'])).stdout)).toMatchObject({
      Client: { ApiVersion: '1.48', Context: 'default' },
      Server: { GitCommit: 'abc', BuildTime: '2024-03-05T06:07:08.000000000+00:00', Experimental: true },
    })
  })

  it('shows the client when the daemon fails, and the error', async () => {
    const engine = await fakeEngine({ 'GET /version': { error: 'broken' } })
    const { stdout, stderr, exitCode } = await run(['version'], { engine })
    expect(stdout).toMatch(/^Client:[^]* Context: +default\n$/)
    expect([stderr, exitCode]).toEqual(['Error response from daemon: broken\n', 1])
  })

  it('tells a template that does not parse (64) from one that fails (1)', async () => {
    const parse = await run(['version', '-f', '{{'], { engine: await fakeEngine() })
    expect([parse.stderr, parse.exitCode]).toEqual([
      'template parsing error: template: version:1: unclosed action\n',
      64,
    ])
    const field = await version(['-f', 'x{{.Nope}}'])
    expect([field.stdout, field.exitCode]).toEqual(['x\n', 1])
    expect(field.stderr).toContain("can't evaluate field Nope")
  })
})
