import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { credentials } from '../../src/config/credentials.ts'
import { lookPath } from '../../src/go/look-path.ts'
import { credentialWorld } from '../config/context.ts'
import { temporaryFolder } from '../harness.ts'

const here =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file)

test('finds the first program of PATH', () => {
  expect(lookPath('ssh', { PATH: '/a:/b:/c' }, here('/b/ssh', '/c/ssh'))).toBe('/b/ssh')
  expect(() => lookPath('ssh', { PATH: '/a' }, here())).toThrow('exec: "ssh": executable file not found in $PATH')
  expect(() => lookPath('ssh', {}, here())).toThrow('executable file not found')
})

test.each(['', '.', ':/b', '.:/b', 'bin:/b', '/a::/b'])('takes nothing from the working folder: PATH=%j', (PATH) => {
  const found = here('ssh', 'bin/ssh', '/b/ssh')
  expect(() => lookPath('ssh', { PATH }, found)).toThrow(
    'exec: "ssh": cannot run executable found relative to current directory',
  )
})

test('a credential helper in a relative folder is not run', async () => {
  const folder = temporaryFolder()
  const ran = path.join(folder, 'ran')
  const script = `#!/bin/sh\n: >${ran}\necho '{"Username":"u","Secret":"s"}'`
  fs.writeFileSync(path.join(folder, 'docker-credential-odd'), script, { mode: 0o755 })
  const PATH = `${path.relative('.', folder)}:/usr/bin:/bin`
  const { context } = credentialWorld({ config: '{"credsStore":"odd"}', env: { PATH } })
  await expect(credentials(context, 'x')).rejects.toThrow('found relative to current directory')
  expect(fs.existsSync(ran)).toBe(false)
})
