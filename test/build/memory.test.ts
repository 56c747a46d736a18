import fs from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../harness.ts'
import { isBinary, startProgram } from '../program.ts'
import { fakeBuilder } from './builder.ts'

const size = 512 * 1024 * 1024
const MEBIBYTE = 1024 * 1024
/** In MiB. It takes 66 to 84, on Node 24 the most, and the binary 90 to 103. */
const limit = isBinary ? 150 : 100
/** How long the daemon takes nothing, in ms: enough to read all of the context meanwhile. */
const pause = 1000

it.runIf(process.platform === 'linux')(
  'a large context is never in memory, while the daemon takes nothing either',
  async () => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'Dockerfile'), 'FROM scratch')
    for (let i = 0; i < 1000; i++) fs.writeFileSync(path.join(folder, `small-${i}`), 'x'.repeat(1000))
    fs.writeFileSync(path.join(folder, 'sparse'), '')
    fs.truncateSync(path.join(folder, 'sparse'), size)
    let peak = 0
    const builder = await fakeBuilder({
      pause,
      onFiles: () => {
        const status = fs.readFileSync(`/proc/${running.child.pid}/status`, 'utf8')
        peak = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024
      },
    })
    onTestFinished(() => builder.close())
    const running = startProgram(`unix://${builder.socket}`, ['build', folder], ['ignore', 'ignore', 'pipe'])
    expect(await running.ended(100_000), running.stderr()).toBe(0)
    expect(builder.bytes).toBeGreaterThan(size)
    expect(peak).toBeGreaterThan(0)
    expect(peak / MEBIBYTE).toBeLessThan(limit)
  },
  120_000,
)
