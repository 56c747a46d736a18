import fs from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../harness.ts'
import { startProgram } from '../../program.ts'

const size = 512 * 1024 * 1024
const MEBIBYTE = 1024 * 1024

/**
 * A daemon that throws contexts away, after a while in which it takes nothing, and looks at the client's memory when one has come to its
 * end.
 */
async function daemon(peak: () => number): Promise<{ host: string; seen: { bytes: number; peak: number } }> {
  const seen = { bytes: 0, peak: 0 }
  const server = createServer((request, response) => {
    if (request.url?.includes('/build') === true) setTimeout(() => request.resume(), 500)
    else request.resume()
    request.on('data', (chunk: Buffer) => (seen.bytes += chunk.length)).pause()
    request.on('end', () => {
      if (request.url?.includes('/build') === true) seen.peak = peak()
      response.setHeader('Api-Version', '1.48')
      response.end('{"stream":"built\\n"}')
    })
  })
  const socket = path.join(temporaryFolder(), 'd.sock')
  await new Promise<void>((resolve) => server.listen(socket, resolve))
  onTestFinished(() => void server.close())
  return { host: `unix://${socket}`, seen }
}

it.runIf(process.platform === 'linux').each([[[]], [['-f', '-']]])(
  'a large context is never in memory (%j)',
  async (flags) => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'Dockerfile'), 'FROM scratch')
    fs.writeFileSync(path.join(folder, 'sparse'), '')
    fs.truncateSync(path.join(folder, 'sparse'), size)
    const peak = (): number => {
      const status = fs.readFileSync(`/proc/${running.child.pid}/status`, 'utf8')
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024
    }
    const { host, seen } = await daemon(peak)
    const running = startProgram(host, ['build', ...flags, folder], ['pipe', 'pipe', 'pipe'])
    running.child.stdin?.end('FROM scratch')
    expect(await running.ended(100_000)).toBe(0)
    expect(seen.bytes).toBeGreaterThan(size)
    expect(seen.peak / MEBIBYTE).toBeLessThan(120)
    expect(seen.peak).toBeGreaterThan(0)
  },
  120_000,
)
