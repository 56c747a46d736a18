import { onTestFinished } from 'vitest'
import { connectTcp } from '../../src/connection/connect-tcp.ts'
import { undiciTransport } from '../../src/engine/undici.ts'
import { rawServer } from './raw-server.ts'
import { transportContract } from './transport-contract.ts'

transportContract('undici over TCP', async (answer) => {
  const server = await rawServer(answer)
  const connect = connectTcp({ host: '127.0.0.1', port: server.port })
  const transport = undiciTransport({ host: `127.0.0.1:${server.port}`, connect })
  onTestFinished(() => transport.close())
  return { transport, server }
})
