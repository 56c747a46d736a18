import { expect, test } from 'vitest'
import { fakeEngine, frame } from '../fake-engine.ts'

test('lists containers under the negotiated version', async () => {
  const fake = await fakeEngine({ 'GET /containers/json': { json: [{ Id: 'abc' }] } }, { apiVersion: '1.45' })
  const list = await fake.engine().containers.list({ all: true, filters: { name: ['b', 'a'], label: ['x=1'] } })
  expect(list).toEqual([{ Id: 'abc' }])
  expect(fake.requests[0]).toMatchObject({
    version: '1.45',
    query: { all: '1', filters: '{"label":{"x=1":true},"name":{"a":true,"b":true}}' },
  })
  expect(fake.pings.map(({ method }) => method)).toEqual(['HEAD'])
})

test('hijacks, half-closes and demultiplexes', async () => {
  const fake = await fakeEngine({
    'POST /containers/web/attach': {
      async hijack(stream) {
        const input = await stream.stdin()
        stream.stdout(`got ${input.toString()}`)
        stream.stderr('bye')
      },
    },
  })
  const { socket } = await fake.engine().containers.attach('web', { stream: true, stdin: true, stdout: true })
  socket.end('hello')
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  expect(Buffer.concat(chunks)).toEqual(Buffer.concat([frame(1, 'got hello'), frame(2, 'bye')]))
})
