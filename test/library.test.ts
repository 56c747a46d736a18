import { expect, test } from 'vitest'
import { EndpointError, type Images, type JsonMessage, ProgressError, openEngine } from '../src/library.ts'
import { fakeEngine, frame } from './fake-engine.ts'
import { temporaryFolder } from './harness.ts'

test.each([
  ['a context that is not there', { context: 'gone' }],
  ['a host that is none', { host: 'gopher://x' }],
  ['a socket path too long', { host: `unix:///${'x'.repeat(120)}` }],
])('says with an error of its own what cannot be connected to: %s', async (_what, options) => {
  const opened = openEngine({ ...options, config: temporaryFolder(), env: {} })
  await expect(opened).rejects.toBeInstanceOf(EndpointError)
  await expect(opened).rejects.toMatchObject({ code: 'connection/endpoint', message: expect.stringMatching(/\S/) })
})

const progressCalls: [string, string, string, (images: Images) => AsyncIterable<JsonMessage>][] = [
  ['pull', 'POST /images/create', 'fromImage', (images) => images.pullProgress('x', { tag: '1' })],
  ['push', 'POST /images/x/push', 'tag', (images) => images.pushProgress('x', { tag: '1' })],
  ['load', 'POST /images/load', 'quiet', (images) => images.loadProgress('archive', { quiet: true })],
  ['build', 'POST /build', 't', (images) => images.buildProgress('archive', { tags: ['x'] })],
]

test.each(progressCalls)(
  '%s gives its messages and throws the one that is an error',
  async (_, route, parameter, call) => {
    const text =
      '{"status":"Working"}\n{"errorDetail":{"code":401,"message":"denied"},"error":"denied"}\n{"status":"Late"}\n'
    const fake = await fakeEngine({ [route]: { text } })
    const seen: unknown[] = []
    const working = async () => {
      for await (const message of call(fake.engine().images)) seen.push(message)
    }
    const error = await working().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ProgressError)
    expect(error).toMatchObject({ message: 'denied', status: 401, code: 'engine/progress' })
    expect(seen).toMatchObject([{ status: 'Working' }])
    expect(fake.requests.at(-1)?.query).toHaveProperty(parameter)
  },
)

test.each(progressCalls)('%s ends with the last message where none is an error', async (_, route, __, call) => {
  const fake = await fakeEngine({ [route]: { text: '{"status":"Working"}\n{"status":"Done"}\n' } })
  const seen: unknown[] = []
  for await (const message of call(fake.engine().images)) seen.push(message.status)
  expect(seen).toEqual(['Working', 'Done'])
})

test('logs come with their streams', async () => {
  const body = Buffer.concat([frame(1, 'out'), frame(2, 'err'), frame(1, 'more')])
  const fake = await fakeEngine({
    'GET /containers/web/logs': { handle: (response) => void response.end(body) },
  })
  const seen: string[] = []
  const chunks = fake.engine().containers.logChunks('web', { stdout: true, stderr: true, tty: false })
  for await (const { stream, bytes } of chunks) seen.push(`${stream}: ${Buffer.from(bytes).toString()}`)
  expect(seen).toEqual(['stdout: out', 'stderr: err', 'stdout: more'])
})

test('stats are samples', async () => {
  const fake = await fakeEngine({ 'GET /containers/web/stats': { text: '{"id":"1"}\n{"id":"2"}\n' } })
  const ids: unknown[] = []
  for await (const { id } of fake.engine().containers.statsSamples('web')) ids.push(id)
  expect(ids).toEqual(['1', '2'])
  expect(fake.requests[0]?.query).toMatchObject({ stream: 'true' })
})
