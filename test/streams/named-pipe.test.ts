import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fakeEngine } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { startProgram } from '../program.ts'

function namedPipe(): string {
  const name = path.join(temporaryFolder(), 'pipe')
  spawnSync('mkfifo', [name])
  return name
}

/** Whether a process has a file open. */
function opens(pid: number, file: string): boolean {
  return fs.readdirSync(`/proc/${pid}/fd`).some((fd) => {
    try {
      return fs.readlinkSync(`/proc/${pid}/fd/${fd}`) === file
    } catch {
      return false
    }
  })
}

/** Resolves once the program waits for a writer: then there is a reader. */
async function writer(pipe: string): Promise<number> {
  let fd = -1
  await expect
    .poll(
      () => {
        try {
          fd = fs.openSync(pipe, fs.constants.O_WRONLY | fs.constants.O_NONBLOCK)
        } catch {
          return false
        }
        return true
      },
      { timeout: 10_000 },
    )
    .toBe(true)
  return fd
}

/** A daemon that answers nothing but a ping, and does not mind a request that breaks off. */
async function silentDaemon(): Promise<string> {
  const socketPath = path.join(temporaryFolder(), 'd.sock')
  const server = createServer((request, response) => {
    if (request.url === '/_ping') response.setHeader('Api-Version', '1.47').end('OK')
    else request.on('error', () => undefined).resume()
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return `unix://${socketPath}`
}

describe('a named pipe in the place of a file', () => {
  it.each([
    ['--tls', '--tlscacert', 'PIPE', 'ps'],
    ['load', '-i', 'PIPE'],
    ['import', 'PIPE'],
    ['secret', 'create', 'x', 'PIPE'],
    ['config', 'create', 'x', 'PIPE'],
    ['context', 'import', 'other', 'PIPE'],
    ['create', '--env-file', 'PIPE', 'busybox'],
    ['create', '--security-opt', 'seccomp=PIPE', 'busybox'],
    ['exec', '--env-file', 'PIPE', 'c', 'true'],
  ])(
    'waits for its writer and ends by a signal: %s %s %s',
    async (...words) => {
      const pipe = namedPipe()
      const host = await silentDaemon()
      const argv = words.map((word) => word.replace('PIPE', pipe))
      const running = startProgram(host, argv, ['ignore', 'pipe', 'pipe'])
      // Nobody has opened it to write: an open that waits for that would not be over.
      await expect.poll(() => opens(running.child.pid!, pipe), { timeout: 10_000 }).toBe(true)
      running.child.kill('SIGTERM')
      expect([await running.ended(), running.stderr()]).toEqual([143, ''])
    },
    30_000,
  )

  it('is read to its end', async () => {
    const engine = await fakeEngine({
      'POST /secrets/create': { status: 201, json: { ID: 'made' } },
    })
    const pipe = namedPipe()
    const running = startProgram(engine.host, ['secret', 'create', 'x', pipe], ['ignore', 'pipe', 'pipe'])
    const fd = await writer(pipe)
    fs.writeSync(fd, 'pass')
    fs.writeSync(fd, 'word')
    fs.closeSync(fd)
    expect([await running.ended(), running.stderr()]).toEqual([0, ''])
    expect(engine.requests[0]?.json).toMatchObject({ Data: Buffer.from('password').toString('base64') })
  }, 30_000)
})
