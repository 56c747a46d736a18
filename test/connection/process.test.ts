import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'
import { programArgv, programEnv } from '../program.ts'

/** Runs the program in a process of its own, for what it takes from its environment. */
async function outcome(host: string, argv: string[], more: Record<string, string> = {}) {
  const [file = '', ...args] = programArgv()
  const child = spawn(file, [...args, ...argv], { env: programEnv(host, more), stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const closed = once(child, 'close') as Promise<[number | null]>
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { stdout, stderr, code }
}

test.each(['--tlsverify', '--tlsverify=true', '--tlsverify=false'])(
  '%s asks for TLS, whatever its value: certificates have to be there',
  async (flag) => {
    const engine = await fakeEngine()
    const { stdout, stderr, code } = await outcome(engine.host, [flag, 'ps'])
    expect({ stdout, code }).toEqual({ stdout: '', code: 1 })
    expect(stderr).toMatch(/unable to resolve docker endpoint: open .*\/ca\.pem: no such file or directory\n$/)
    expect([...engine.calls, ...engine.pings]).toEqual([])
  },
)

test('HTTP_PROXY is used for tcp:// as for http://', async () => {
  const asked: string[] = []
  const proxy = createServer(({ method, url, headers }, response) => {
    asked.push(`${method} ${url} ${headers.host}`)
    response.setHeader('Content-Type', 'application/json')
    response.end('{"Version": "99.99.9", "ApiVersion": "1.41", "MinAPIVersion": "1.12"}')
  })
  onTestFinished(() => void proxy.close())
  await once(proxy.listen(0, '127.0.0.1'), 'listening')
  const address = 'docker.acme.example.com:2376'
  const HTTP_PROXY = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const ran = await outcome(`tcp://${address}`, ['version', '--format', '{{ .Server.Version }}'], { HTTP_PROXY })
  expect(ran).toEqual({ stdout: '99.99.9\n', stderr: '', code: 0 })
  expect(asked).toEqual([
    `HEAD http://${address}/_ping ${address}`,
    expect.stringMatching(RegExp(`^GET http://${address}/v[\\d.]+/version ${address}$`)),
  ])
})
