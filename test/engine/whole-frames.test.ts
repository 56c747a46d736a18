import { expect, test } from 'vitest'
import { WholeFrames } from '../../src/engine/whole-frames.ts'
import { frame } from '../fake-engine.ts'

const stream = Buffer.concat([frame(1, 'one'), frame(0, 'zero'), frame(2, 'two'), frame(1, ''), frame(1, 'three')])
const all = [
  ['stdout', 'one'],
  ['stdout', 'zero'],
  ['stderr', 'two'],
  ['stdout', ''],
  ['stdout', 'three'],
]

function read(frames: WholeFrames, chunk: Uint8Array): string[][] {
  // The chunk's memory is the reader's for as long as the call, as a transport's is.
  const memory = Buffer.from(chunk)
  const read = frames.read(memory).frames.map(({ stream, payload }) => [stream, Buffer.from(payload).toString()])
  memory.fill(0xff)
  return read
}

test('gives each frame whole, wherever the stream is cut', () => {
  for (let first = 0; first <= stream.length; first++) {
    for (let second = first; second <= stream.length; second++) {
      const frames = new WholeFrames()
      const chunks = [stream.subarray(0, first), stream.subarray(first, second), stream.subarray(second)]
      expect(chunks.flatMap((chunk) => read(frames, chunk))).toEqual(all)
    }
  }
})

test('gives them byte by byte, and drops one that is cut at the end', () => {
  const frames = new WholeFrames()
  const bytes = Buffer.concat([stream, frame(1, 'cut').subarray(0, 10)])
  expect([...bytes].flatMap((byte) => read(frames, Uint8Array.of(byte)))).toEqual(all)
})

test.each([
  ['a report of the daemon', frame(3, 'disk on fire'), 'error from daemon in stream: disk on fire'],
  ['a stream that is not known', frame(7, ''), 'unrecognized stream: 7'],
  ['a frame that nothing can hold', Buffer.from([1, 0, 0, 0, 255, 255, 255, 255]), 'a frame of 4294967295 bytes'],
])('ends at %s, after the frames before it', (_what, end, message) => {
  const { frames, failure } = new WholeFrames().read(Buffer.concat([frame(1, 'one'), end, frame(1, 'after')]))
  expect(frames).toHaveLength(1)
  expect(failure?.message).toContain(message)
})
