import { readFileSync } from 'node:fs'
import { get } from 'node:https'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { call } from '../engines/testbed.ts'

onEngines('the testbed', (engine) => {
  test('has busybox and runs it', async () => {
    const create = JSON.stringify({ Image: 'busybox', Cmd: ['sh', '-c', 'exit 7'] })
    const { body } = await call(engine, 'POST', '/v1.41/containers/create', create)
    const { Id } = JSON.parse(body) as { Id: string }
    await call(engine, 'POST', `/v1.41/containers/${Id}/start`)
    const waited = await call(engine, 'POST', `/v1.41/containers/${Id}/wait`)
    expect(JSON.parse(waited.body)).toMatchObject({ StatusCode: 7 })
    const removed = await call(engine, 'DELETE', `/v1.41/containers/${Id}?force=1`)
    expect(removed.status).toBeLessThan(300)
  })

  test('has registries: one open, one with a password, one with TLS', async () => {
    const { open, password, tls } = engine.testbed.registries
    expect((await fetch(`http://${open}/v2/`)).status).toBe(200)
    expect((await fetch(`http://${password}/v2/`)).status).toBe(401)
    expect(await statusOverTls(`https://${tls}/v2/`, engine.testbed.certificates)).toBe(401)
  })
})

onEngines(
  'the testbed, over TLS',
  (engine) => {
    test('answers who has the right certificate', async () => {
      const url = `${engine.tlsHost?.replace('tcp:', 'https:')}/_ping`
      expect(await statusOverTls(url, join(engine.testbed.certificates, 'right'))).toBe(200)
      await expect(statusOverTls(url, join(engine.testbed.certificates, 'expired'))).rejects.toThrow(/alert/)
      await expect(statusOverTls(url, join(engine.testbed.certificates, 'foreign'))).rejects.toThrow(/alert/)
      await expect(statusOverTls(url, engine.testbed.certificates)).rejects.toThrow(/alert/)
    })
  },
  ['tls'],
)

async function statusOverTls(url: string, folder: string): Promise<number> {
  const part = (name: string): Buffer | undefined => {
    try {
      return readFileSync(join(folder, name))
    } catch {
      return undefined
    }
  }
  return new Promise((resolve, reject) => {
    get(url, { ca: part('ca.pem'), cert: part('cert.pem'), key: part('key.pem'), agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).on('error', reject)
  })
}
