import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import type { FakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'

async function daemon(serve: (socket: Socket) => void): Promise<FakeEngine> {
  const file = path.join(temporaryFolder(), 'd.sock')
  const server = createServer({ allowHalfOpen: true }, serve).listen(file)
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return { host: `unix://${file}` } as FakeEngine
}

test('carries bytes both ways; the end of the input is only half of the end', async () => {
  const engine = await daemon((socket) => {
    const got: Buffer[] = []
    socket.on('data', (chunk: Buffer) => got.push(chunk))
    socket.on('end', () => socket.end(`got ${Buffer.concat(got).toString()}`))
  })
  expect(await run(['system', 'dial-stdio'], { engine, stdin: 'question' })).toEqual({
    stdout: 'got question',
    stderr: '',
    exitCode: 0,
  })
})

test('ends with the daemon, though the input goes on', async () => {
  const engine = await daemon((socket) => socket.end('bye'))

  const { stdout, exitCode } = await run(['system', 'dial-stdio'], { engine, stdin: new PassThrough() })
  expect({ stdout, exitCode }).toEqual({ stdout: 'bye', exitCode: 0 })
})

test('speaks to whatever a command would speak to', async () => {
  const server = createServer((socket) => socket.end('bye')).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const engine = { host: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } as FakeEngine
  expect(await run(['system', 'dial-stdio'], { engine, stdin: new PassThrough() })).toMatchObject({ stdout: 'bye' })
  const pipe = { host: 'npipe:////./pipe/docker_engine' } as FakeEngine
  expect(await run(['system', 'dial-stdio'], { engine: pipe })).toMatchObject({
    stderr: 'failed to open the raw stream connection: protocol not available\n',
  })
})

test('says why there is no connection', async () => {
  const engine = { host: 'unix:///nowhere.sock' } as FakeEngine
  const { stderr, exitCode } = await run(['system', 'dial-stdio'], { engine })
  expect({ stderr, exitCode }).toEqual({
    stderr: 'failed to open the raw stream connection: dial unix /nowhere.sock: connect: no such file or directory\n',
    exitCode: 1,
  })
})
