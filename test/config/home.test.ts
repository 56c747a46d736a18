import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { homeFolder } from '../../src/config/home.ts'
import { temporaryFolder } from '../harness.ts'
import { checkBuilt } from '../program.ts'

it.each([
  [{ HOME: '/home/me' }, 'linux', '/home/me'],
  [{}, 'linux', os.userInfo().homedir],
  [{ HOME: '' }, 'darwin', os.userInfo().homedir],
  [{ HOME: '/home/me', USERPROFILE: 'C:\\Users\\me' }, 'win32', 'C:\\Users\\me'],
] as const)('the home folder of %j on %s', (env, platform, expected) => {
  expect(homeFolder(env, platform)).toBe(expected)
})

describe('in a folder of somebody else', () => {
  let installation: string
  beforeAll(() => {
    checkBuilt()
    installation = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-test-'))
    fs.chmodSync(installation, 0o755)
    for (const part of ['bin', 'dist']) fs.cpSync(part, path.join(installation, part), { recursive: true })
  })
  afterAll(() => fs.rmSync(installation, { recursive: true }))

  /** Runs docket, as `uid` where one is given, in a folder whose .docker has a plugin that tells that it ran. */
  function docket(argv: readonly string[], env: Record<string, string>, uid?: number) {
    const folder = temporaryFolder()
    const plugins = path.join(folder, '.docker/cli-plugins')
    fs.mkdirSync(plugins, { recursive: true })
    const metadata = '{"SchemaVersion":"0.1.0","Vendor":"V","ShortDescription":"TAKEN"}'
    fs.writeFileSync(path.join(plugins, 'docker-evil'), `#!/bin/sh\necho '${metadata}'`, { mode: 0o755 })
    fs.chmodSync(folder, 0o777)
    const by: string[] =
      uid === undefined ? [] : ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--']
    const [file = '', ...args] = [...by, process.execPath, '--', path.join(installation, 'bin/docket'), ...argv]
    const { stdout, stderr, status } = spawnSync(file, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, ...env },
    })
    return { said: stdout + stderr, status, left: fs.readdirSync(path.join(folder, '.docker')) }
  }

  it.each([{}, { HOME: '' }, { DOCKER_CONFIG: '.docker' }, { HOME: '.' }])('takes no plugin of it with %j', (env) => {
    const { said } = docket(['--help'], env as Record<string, string>)
    expect(said).toContain('Usage:')
    expect(said).not.toContain('TAKEN')
    expect(docket(['evil'], env as Record<string, string>).said).not.toContain('TAKEN')
  })

  const root = process.geteuid?.() === 0
  const nobody = /^nobody:.*:\/nonexistent:/m.test(fs.readFileSync('/etc/passwd', 'utf8'))
  const create = ['context', 'create', 'mine', '--docker', 'host=tcp://localhost:1']

  it.runIf(root && nobody)('writes in the home folder of the account', () => {
    const { said, left } = docket(create, {}, 65534)
    expect({ said, left }).toEqual({
      said: expect.stringContaining('/nonexistent/.docker') as string,
      left: ['cli-plugins'],
    })
  })

  it.runIf(root)('says so when the account has none, and writes nothing', () => {
    for (const env of [{}, { HOME: '' }]) {
      const { said, status, left } = docket(create, env as Record<string, string>, 54321)
      expect({ said, status, left }).toEqual({
        said: 'cannot find your home folder: HOME is not set, and this account has none\n',
        status: 1,
        left: ['cli-plugins'],
      })
    }
    expect(docket(['--version'], {}, 54321).status).toBe(0)
  })
})
