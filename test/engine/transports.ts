import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { connectByBun } from '../../src/connection/connect-bun.ts'
import { connectTcp } from '../../src/connection/connect-tcp.ts'
import { connectUnix } from '../../src/connection/connect-unix.ts'
import { http1Transport } from '../../src/engine/http1.ts'
import type { RequestTransport } from '../../src/engine/transport.ts'
import { undiciClient } from '../../src/engine/undici.ts'
import { bun } from '../../src/runtime/bun.ts'
import { tlsSocketOptions } from '../../src/tls/socket-options.ts'
import { certificate } from '../connection/certificates.ts'
import { fakeBun } from '../connection/fake-bun.ts'
import { rawServer } from './raw-server.ts'
import type { Bench, Start } from './transport-contract.ts'

/** Our client on a unix socket. */
export const overUnix: Start = async (answer) => {
  const folder = await mkdtemp(join(tmpdir(), 'http1-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 's.sock')
  const server = await rawServer(answer, { path })
  return closed({ transport: http1Transport({ connect: connectUnix(path) }), server })
}

/** Our client on a unix socket as Bun connects to it: Bun itself where it runs the tests. */
export const overBun: Start = async (answer) => {
  const folder = await mkdtemp(join(tmpdir(), 'http1-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = join(folder, 's.sock')
  const server = await rawServer(answer, { path })
  return closed({
    transport: http1Transport({ connect: connectByBun(bun ?? fakeBun, { unix: path }, connectUnix(path)) }),
    server,
  })
}

/** Our client on TCP. */
export const overTcp: Start = async (answer) => {
  const server = await rawServer(answer)
  return closed({
    transport: http1Transport({ connect: connectTcp({ host: '127.0.0.1', port: server.port, now: () => new Date() }) }),
    server,
  })
}

/** Our client on TCP as Bun connects to it. */
export const overBunTcp: Start = async (answer) => {
  const server = await rawServer(answer)
  const place = { hostname: '127.0.0.1', port: server.port }
  const otherwise = connectTcp({ host: place.hostname, port: place.port, now: () => new Date() })
  return closed({ transport: http1Transport({ connect: connectByBun(bun ?? fakeBun, place, otherwise) }), server })
}

/** Our client inside TLS. */
export const overTls: Start = async (answer) => {
  const server = await rawServer(answer, { tls: { cert: own.cert, key: own.key } })
  const tls = tlsSocketOptions({ skipVerify: false, data: { ca: Buffer.from(own.cert) } }, {})
  const connect = connectTcp({ host: '127.0.0.1', port: server.port, now: () => new Date(), tls })
  return closed({ transport: http1Transport({ connect }), server })
}

/** undici on TCP, which registries are talked to with. */
export const overUndici: Start<RequestTransport> = async (answer) => {
  const server = await rawServer(answer)
  const connect = connectTcp({ host: '127.0.0.1', port: server.port, now: () => new Date() })
  return closed({ transport: undiciClient({ host: `127.0.0.1:${server.port}`, connect }), server })
}

const own = certificate({ name: 'daemon', ips: ['127.0.0.1'] })

function closed<T extends RequestTransport>(bench: Bench<T>): Bench<T> {
  onTestFinished(() => bench.transport.close())
  return bench
}
