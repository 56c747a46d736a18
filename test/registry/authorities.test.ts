import { writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HttpClient } from '../../src/registry/http.ts'
import { certificate } from '../connection/certificates.ts'
import { temporaryFolder } from '../harness.ts'

const own = certificate({ name: 'registry', ips: ['127.0.0.1'] })

async function ask(env: Record<string, string>): Promise<number> {
  const server = createServer({ cert: own.cert, key: own.key }, (_, response) => void response.end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const http = new HttpClient({ env, userAgent: 'test', now: () => new Date(), insecure: false })
  onTestFinished(() => http.close())
  const url = new URL(`https://127.0.0.1:${(server.address() as AddressInfo).port}/v2/`)
  return (await http.send({ url, signal: new AbortController().signal })).status
}

test('trusts a registry whose authority SSL_CERT_FILE or SSL_CERT_DIR names', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'ca.pem')
  writeFileSync(file, own.cert)
  expect(await ask({ SSL_CERT_FILE: file })).toBe(200)
  expect(await ask({ SSL_CERT_DIR: folder })).toBe(200)
  await expect(ask({})).rejects.toThrow('x509: certificate signed by unknown authority')
})
