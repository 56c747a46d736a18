import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { secrets } from '../../src/build/proto/session.ts'
import { type SecretSource, serveSecrets } from '../../src/build/session/secrets.ts'
import { daemonOf } from './daemon.ts'

async function ask(
  id: string,
  sources: Record<string, SecretSource>,
  env: Record<string, string> = {},
): Promise<string> {
  const daemon = await daemonOf(serveSecrets(new Map(Object.entries(sources)), env))
  return Buffer.from((await daemon.client(secrets).getSecret({ id })).data).toString('latin1')
}

function fileOf(content: string | Buffer): string {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'secret-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  fs.writeFileSync(path.join(folder, 'file'), content)
  return path.join(folder, 'file')
}

test('a file gives its bytes, a variable its text', async () => {
  expect(await ask('a', { a: { file: fileOf(Buffer.from([0, 255])) } })).toBe('\0\xff')
  expect(await ask('a', { a: { variable: 'TOKEN' } }, { TOKEN: 'hidden' })).toBe('hidden')
  expect(await ask('a', { a: { variable: 'NONE' } })).toBe('')
})

test('one that was not offered is not found', async () => {
  await expect(ask('b', { a: { variable: 'A' } })).rejects.toMatchObject({ code: 'NotFound', message: 'not found' })
})

test('a file that is gone is named, one that is too large refused, without a word of it', async () => {
  await expect(ask('a', { a: { file: '/nowhere/at/all' } })).rejects.toThrow(
    'open /nowhere/at/all: no such file or directory',
  )
  await expect(ask('a', { a: { file: fileOf('s'.repeat(512_001)) } })).rejects.toThrow(/^invalid secret size 512001$/)
})
