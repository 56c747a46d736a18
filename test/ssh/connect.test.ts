import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { connectSsh } from '../../src/ssh/connect.ts'
import { temporaryFolder } from '../harness.ts'
import { programArgv } from '../program.ts'

/** A PATH whose `ssh` notes its process id and does not get anywhere, when its arguments match `stuck`; it fails otherwise. */
function stuckSsh(stuck: string): { env: Record<string, string>; pids: () => number[] } {
  const folder = temporaryFolder()
  const script = `#!/bin/sh
case "$*" in *' -G '*) [ '${stuck}' = -G ] || exit 0;; *' -N '*) [ '${stuck}' = -N ] || exit 127;; *cat) ;; *) exit 127;; esac
echo $$ >>${folder}/pids
exec sleep 100
`
  fs.writeFileSync(path.join(folder, 'ssh'), script, { mode: 0o755 })
  const pids = (): number[] => {
    const file = path.join(folder, 'pids')
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n').map(Number) : []
  }
  // A short name, which a socket's must be.
  return { env: { PATH: `${folder}:/usr/bin:/bin`, XDG_RUNTIME_DIR: folder, TMPDIR: folder, HOME: folder }, pids }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
  } catch {
    return false
  }
}

const cases = [
  ['-G', '1'],
  ['-N', '1'],
  ['cat', '0'],
] as const

test.each(cases)(
  'stops waiting for an ssh that does not get anywhere (%s), and ends it',
  async (stuck, multiplex) => {
    const { env, pids } = stuckSsh(stuck)
    const controller = new AbortController()
    const connect = connectSsh('ssh://host/var/run/docker.sock', {
      env: { ...env, DOCKET_SSH_MULTIPLEX: multiplex },
      platform: process.platform,
      openSocket: () => Promise.reject(new Error('nothing is forwarded here')),
    })
    const opening = connect(controller.signal).then(async (stream) => {
      stream.resume()
      await once(stream, 'close')
    })
    void opening.catch(() => undefined)
    await expect.poll(pids, { timeout: 10_000 }).toHaveLength(1)
    const reason = new Error('enough')
    controller.abort(reason)
    if (stuck !== 'cat') await expect(opening).rejects.toBe(reason)
    await expect.poll(() => pids().filter(isRunning), { timeout: 10_000 }).toEqual([])
  },
  20_000,
)

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a command whose ssh does not get anywhere',
  async (signal) => {
    const { env, pids } = stuckSsh('-N')
    const stdio = ['ignore', 'ignore', 'pipe'] as const
    const [file = '', ...args] = programArgv()
    const child = spawn(file, [...args, '-H', 'ssh://host', 'ps'], { env, stdio: [...stdio] })
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
    await expect.poll(() => (pids().length > 0 ? 'started' : said), { timeout: 10_000 }).toBe('started')
    child.kill(signal)
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).toBe(signal === 'SIGINT' ? 130 : 143)
    await expect.poll(() => pids().filter(isRunning), { timeout: 10_000 }).toEqual([])
  },
  20_000,
)

test('a forwarded socket that ssh closes at once fails with what ssh says a moment later', async () => {
  const folder = temporaryFolder()
  const script = `#!/bin/sh
case "$*" in *cat) ;; *) exit 127;; esac
read line && echo "$line"
sleep 0.03
echo 'channel 1: open failed: connect failed: no such file' >&2
exec cat
`
  fs.writeFileSync(path.join(folder, 'ssh'), script, { mode: 0o755 })
  const connect = connectSsh('ssh://host/nowhere.sock', {
    env: {
      PATH: `${folder}:/usr/bin:/bin`,
      XDG_RUNTIME_DIR: folder,
      TMPDIR: folder,
      HOME: folder,
      DOCKET_SSH_MULTIPLEX: '0',
    },
    platform: process.platform,
    openSocket: () => Promise.reject(new Error('connect ECONNRESET')),
  })
  const stream = await connect()
  stream.resume()
  const [error] = (await once(stream, 'error')) as [Error]
  expect(error.message).toContain('channel 1: open failed')
})
