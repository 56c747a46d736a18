import { describe, expect, test } from 'vitest'
import { demultiplex } from '../../src/engine/stdcopy.ts'
import { frame } from '../fake-engine.ts'

/** Feeds `bytes` cut at the given places and notes each write. */
async function run(bytes: Buffer, cuts: readonly number[], slow = false): Promise<[string, string][]> {
  const writes: [string, string][] = []
  const sink = (name: string) => (chunk: Uint8Array) => {
    if (!slow) return void writes.push([name, Buffer.from(chunk).toString()])
    // Read only after a while: the memory must be left alone until then.
    return new Promise<void>((resolve) =>
      setImmediate(() => {
        writes.push([name, Buffer.from(chunk).toString()])
        resolve()
      }),
    )
  }
  const demultiplexer = demultiplex({ stdout: sink('out'), stderr: sink('err') })
  let from = 0
  for (const cut of [...cuts, bytes.length]) {
    await demultiplexer.write(Buffer.from(bytes.subarray(from, cut)))
    from = cut
  }
  return writes
}

function joined(writes: [string, string][]): [string, string][] {
  const out: [string, string][] = []
  for (const [name, text] of writes) {
    const last = out.at(-1)
    if (last?.[0] === name) last[1] += text
    else out.push([name, text])
  }
  return out
}

const mixed = Buffer.concat([
  frame(1, 'one '),
  frame(1, 'two '),
  frame(2, ''),
  frame(1, 'three'),
  frame(2, 'oops '),
  frame(2, 'again'),
  frame(1, 'four'),
])

describe('demultiplex', () => {
  test('writes neighbours of one stream together and keeps the order between the two', async () => {
    expect(await run(mixed, [])).toEqual([
      ['out', 'one two three'],
      ['err', 'oops again'],
      ['out', 'four'],
    ])
  })

  test.each([false, true])('gives the same for every cut, slow sinks: %s', async (slow) => {
    const whole = joined(await run(mixed, []))
    for (let cut = 1; cut < mixed.length; cut++) {
      expect(joined(await run(mixed, [cut], slow)), `cut at ${cut}`).toEqual(whole)
    }
    const everywhere = Array.from({ length: mixed.length - 1 }, (_, i) => i + 1)
    expect(joined(await run(mixed, everywhere, slow))).toEqual(whole)
  })

  test('takes a frame of stdin for stdout', async () => {
    expect(await run(frame(0, 'in'), [])).toEqual([['out', 'in']])
  })

  test('throws what the daemon reports, after what came before it', async () => {
    const writes: string[] = []
    const note = (chunk: Uint8Array) => void writes.push(Buffer.from(chunk).toString())
    const demultiplexer = demultiplex({ stdout: note, stderr: note })
    const bytes = Buffer.concat([frame(1, 'before'), frame(3, 'disk is full'), frame(1, 'after')])
    expect(() => demultiplexer.write(bytes)).toThrow('error from daemon in stream: disk is full')
    expect(writes).toEqual(['before'])
    await expect(run(frame(3, 'split report'), [12])).rejects.toThrow('error from daemon in stream: split report')
  })

  test('keeps the start of a report while the memory that it came in is filled anew', () => {
    const note = () => undefined
    const bytes = frame(3, 'no space left on device')
    for (let cut = 1; cut < bytes.length; cut++) {
      const demultiplexer = demultiplex({ stdout: note, stderr: note })
      const memory = Buffer.alloc(bytes.length)
      const write = (from: number, to: number) =>
        demultiplexer.write(memory.subarray(0, bytes.copy(memory, 0, from, to)))
      void write(0, cut)
      const rest = () => write(cut, bytes.length)
      expect(rest, `cut at ${cut}`).toThrow('error from daemon in stream: no space left on device')
    }
  })

  test('keeps no more of a report than words need', () => {
    const note = () => undefined
    const demultiplexer = demultiplex({ stdout: note, stderr: note })
    const bytes = frame(3, 'x'.repeat(1_000_000))
    const write = () => {
      for (let at = 0; at < bytes.length; at += 1000) void demultiplexer.write(bytes.subarray(at, at + 1000))
    }
    expect(write).toThrow(/^error from daemon in stream: x{65536}$/)
  })

  test('throws a report of which that much has come, however much more is announced', () => {
    const note = () => undefined
    const demultiplexer = demultiplex({ stdout: note, stderr: note })
    void demultiplexer.write(Buffer.from([3, 0, 0, 0, 255, 255, 255, 255]))
    const write = () => demultiplexer.write(Buffer.alloc(65536, 'x'))
    expect(write).toThrow(/^error from daemon in stream: x{65536}$/)
  })

  test('refuses a stream that it does not know, after what came before it', () => {
    const writes: string[] = []
    const note = (chunk: Uint8Array) => void writes.push(Buffer.from(chunk).toString())
    const bytes = Buffer.concat([frame(1, 'before'), frame(72, 'x')])
    expect(() => demultiplex({ stdout: note, stderr: note }).write(bytes)).toThrow('unrecognized stream: 72')
    expect(writes).toEqual(['before'])
  })

  test('reads a length of more than 2 GiB as what it is', () => {
    const header = Buffer.alloc(8)
    header[0] = 1
    header.writeUInt32BE(0xffff_fff0, 4)
    const sizes: number[] = []
    const demultiplexer = demultiplex({ stdout: (chunk) => void sizes.push(chunk.length), stderr: () => undefined })
    void demultiplexer.write(Buffer.concat([header, Buffer.alloc(1000)]))
    expect(sizes).toEqual([1000])
  })
})
