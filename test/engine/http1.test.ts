import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { connectUnix } from '../../src/connection/connect-unix.ts'
import { http1Transport } from '../../src/engine/http1.ts'
import { OverSocket } from '../over-socket.ts'
import { rawServer } from './raw-server.ts'
import { transportContract } from './transport-contract.ts'
import { overBun, overBunTcp, overTcp, overTls, overUnix } from './transports.ts'

transportContract('http1 over a unix socket', overUnix)
transportContract('http1 over a unix socket of Bun', overBun, 'small')
transportContract('http1 over TCP of Bun', overBunTcp, 'small')
transportContract('http1 over TCP', overTcp)
transportContract('http1 over TLS', overTls)

// What a child process's pipes or a TLS socket give: a stream that knows nothing of `onread`.
transportContract('http1 over any stream', async (answer) => {
  const server = await rawServer(answer)
  const transport = http1Transport({ connect: () => Promise.resolve(new OverSocket(server.port)) })
  onTestFinished(() => transport.close())
  return { transport, server }
})

test('a connector that fails is told apart', async () => {
  const transport = http1Transport({ connect: connectUnix('/nowhere/at/all.sock') })
  const error = await transport.request({ method: 'GET', path: '/' }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'transport/dial', cause: { code: 'ENOENT' } })
})

test('a header that would break the request is refused', async () => {
  const server = await rawServer(() => undefined)
  const transport = http1Transport({ connect: () => Promise.resolve(connect(server.port)) })
  const bad = { method: 'GET', path: '/', headers: { 'X-A': 'b\r\nX-Evil: 1' } }
  await expect(transport.request(bad)).rejects.toThrow('invalid header field value for "X-A"')
  const worse = { method: 'GET', path: '/', headers: { 'X A': 'b' } }
  await expect(transport.request(worse)).rejects.toThrow('invalid header field name "X A"')
})

test('headers that frame the request are ours alone', async () => {
  const { transport, server } = await overTcp(({ socket }) => void socket.write('HTTP/1.1 204 No Content\r\n\r\n'))
  const odd = { Host: 'evil', 'content-length': '100', 'Transfer-Encoding': 'chunked', Trailer: 'X', 'X-Own': '1' }
  await transport.request({ method: 'POST', path: '/', headers: odd, body: 'hello' })
  const [request] = server.requests
  expect(request?.headers).toEqual({ host: 'api.moby.localhost', 'content-length': '5', 'x-own': '1' })
  expect((await request?.body())?.toString()).toBe('hello')
})
