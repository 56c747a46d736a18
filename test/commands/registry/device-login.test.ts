import { once } from 'node:events'
import fs from 'node:fs'
import { createServer as createHttpsServer } from 'node:https'
import { createServer } from 'node:http'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { certificate } from '../../connection/certificates.ts'
import { temporaryFolder } from '../../harness.ts'
import { programArgv, programEnv } from '../../program.ts'
import { openTerminal } from '../../pty.ts'

test('a login with a browser shows its code, and ends when it is told to', async () => {
  const authority = certificate({ name: 'ca', authority: true })
  const { cert, key } = certificate({ name: 'hub', issuer: authority, dns: ['login.docker.com'] })
  const code = { device_code: 'D', user_code: 'ABCD-EFGH', verification_uri_complete: 'https://v.example/go?x=1' }
  const hub = createHttpsServer({ cert, key }, ({ url }, response) => {
    const pending = { error: 'authorization_pending' }
    const found = url === '/oauth/device/code'
    response.writeHead(found ? 200 : 403, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(found ? { ...code, interval: 5, expires_in: 900 } : pending))
  })
  const asked: string[] = []
  const proxy = createServer().on('connect', ({ url = '' }, client: Socket) => {
    asked.push(url)
    client.write('HTTP/1.1 200 OK\r\n\r\n')
    const target = connect(portOf(hub), '127.0.0.1')
    client.on('error', () => target.destroy()).pipe(target)
    target.on('error', () => client.destroy()).pipe(client)
  })
  for (const server of [hub, proxy]) await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const server of [hub, proxy]) server.close().closeAllConnections()
  })

  const configHome = temporaryFolder()
  const trusted = path.join(configHome, 'docker/certs.d/login.docker.com')
  fs.mkdirSync(trusted, { recursive: true })
  fs.writeFileSync(path.join(trusted, 'ca.crt'), authority.cert)
  const env = programEnv('unix:///nowhere.sock', {
    HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}`,
    ROOTLESSKIT_STATE_DIR: configHome,
    XDG_CONFIG_HOME: configHome,
  })
  const terminal = openTerminal([...programArgv(), 'login'], { env })
  await terminal.waitFor('USING WEB-BASED LOGIN')
  await terminal.waitFor('ABCD-EFGH')
  await terminal.waitFor('Waiting for authentication in the browser')
  expect(asked).toEqual(['login.docker.com:443'])
  terminal.kill('SIGTERM')
  const { code: exitCode, before, after } = await terminal.ended()
  expect(exitCode).toBe(143)
  expect(after).toBe(before)
})

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
