import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { serveGrpc, serves } from '../../../src/build/grpc/server.ts'
import { control } from '../../../src/build/proto/control.ts'
import { gateway } from '../../../src/build/proto/gateway.ts'
import { decode, type Full } from '../../../src/build/proto/message.ts'
import { op, opMetadata } from '../../../src/build/proto/ops.ts'
import { fetchDockerfile } from '../../../src/build/solve/remote-dockerfile.ts'
import { fakeEngine } from '../../fake-engine.ts'

type Asked = Full<typeof gateway.methods.solve.request>

/** Has a builder that finds a file of this size download a Dockerfile; gives it and what was asked for. */
async function download(size: number): Promise<{ content: string; asked: Asked }> {
  let asked: Asked | undefined
  let finish = (): void => undefined
  const returned = new Promise<void>((resolve) => (finish = resolve))
  const builder = [
    serves(control, {
      solve: async ({ internal }) => {
        expect(internal).toBe(true)
        await returned
        return {}
      },
      status: async () => undefined,
      listWorkers: () => ({}),
      listenBuildHistory: async () => undefined,
    }),
    serves(gateway, {
      solve: (request) => {
        asked = request
        return { result: { ref: { id: 'r' } } }
      },
      statFile: () => ({ stat: { size } }),
      readFile: ({ ref, path }) => ({ data: Buffer.from(`${path} of ${ref}`) }),
      return: () => {
        finish()
        return {}
      },
    }),
  ]
  const fake = await fakeEngine({
    'POST /grpc': { hijack: async ({ socket }) => void (await serveGrpc(socket, builder).done) },
    'POST /session': { hijack: ({ socket }) => new Promise((resolve) => void socket.on('close', () => resolve())) },
  })
  const content = await fetchDockerfile('https://example.com/a', {
    engine: fake.engine(),
    display: { update: () => undefined },
    now: () => new Date(),
    signal: new AbortController().signal,
  })
  return { content: content.toString(), asked: asked! }
}

test('the builder downloads a Dockerfile in a step of its own', async () => {
  const { content, asked } = await download(100)
  expect(content).toBe('Dockerfile of r')
  const { def, metadata } = asked.definition!
  const [step, end] = def.map((bytes) => decode(op, bytes))
  const digest = `sha256:${createHash('sha256').update(def[0]!).digest('hex')}`
  expect(step?.source).toMatchObject({ identifier: 'https://example.com/a', attrs: { 'http.filename': 'Dockerfile' } })
  expect(end?.inputs).toEqual([{ digest, index: 0 }])
  expect(decode(opMetadata, metadata[digest]!)).toMatchObject({
    description: { 'llb.customname': '[internal] load https://example.com/a' },
    caps: { 'source.http': true },
  })
})

test('one beyond measure is none', async () => {
  await expect(download(3_000_000)).rejects.toThrow('bigger than allowed max size (2.097MB)')
})
