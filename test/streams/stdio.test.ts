import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openReader } from '../../src/streams/reader.ts'
import { FdOutput } from '../../src/streams/stdio.ts'
import { temporaryFolder } from '../harness.ts'

// Descriptors are what is tested, so each test is a program of its own whose stdin and stdout are pipes and files.
let program = ''

beforeAll(async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-stdio-'))
  const result = await build({
    stdin: {
      contents: `
        import { FdInput, FdOutput } from '../../src/streams/stdio.ts'
        const platform = process.platform
        const input = new FdInput({ fd: 0, platform, stream: () => process.stdin })
        const output = new FdOutput(
          { fd: 1, platform, stream: () => process.stdout },
          () => new AbortController().signal,
        )
        const beat = process.argv[2] === 'beat' ? setInterval(() => process.stderr.write('.'), 20) : undefined
        input.pump((chunk) => output.send(chunk)).then(
          () => process.exit(0),
          (error) => { process.stderr.write(error.code); process.exit(9) },
        )
        process.on('SIGTERM', () => process.exit(7))
      `,
      resolveDir: import.meta.dirname,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  })
  program = path.join(folder, 'copy.cjs')
  fs.writeFileSync(program, result.outputFiles[0]!.contents)
  return () => fs.rmSync(folder, { recursive: true })
})

const bytes = Buffer.alloc(3 * 1024 * 1024 + 17, 'the quick brown fox ')

describe('input pumped to output', () => {
  it('goes whole from pipe to pipe', async () => {
    const child = spawn('sh', ['-c', `cat | ${process.execPath} ${program} | cat`], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(bytes)
    expect((await buffer(child.stdout)).equals(bytes)).toBe(true)
  })

  it('goes whole from file to file', () => {
    const folder = temporaryFolder()
    fs.writeFileSync(path.join(folder, 'in'), bytes)
    spawnSync('sh', ['-c', `${process.execPath} ${program} <in >out`], { cwd: folder })
    expect(fs.readFileSync(path.join(folder, 'out')).equals(bytes)).toBe(true)
  })

  it('goes whole over sockets', async () => {
    // Node gives a child sockets for its pipes.
    const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] })
    child.stdin.end(bytes)
    expect((await buffer(child.stdout)).equals(bytes)).toBe(true)
  })

  it('reads nothing from /dev/null and ends', () => {
    expect(spawnSync('sh', ['-c', `${process.execPath} ${program} </dev/null`]).status).toBe(0)
  })

  it('leaves a pipe that others share as it was', () => {
    const flags = 'grep flags /proc/self/fdinfo/0 >&2'
    const copy = `${process.execPath} ${program} >/dev/null`
    const script = `sleep 1 | { ${flags}; exec 3<&0; { sleep 0.5; ${flags}; } <&3 & ${copy} <&3; wait; }`
    const { stderr } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
    expect(stderr).toMatch(/^flags:\t(\d+)\nflags:\t\1\n$/)
  })

  it('keeps the program awake while the reader sleeps, and lets it end', async () => {
    const copy = `sh -c 'echo $$ >&2; exec ${process.execPath} ${program} beat'`
    const script = `cat /dev/zero | { ${copy}; echo end $? >&2; } | sleep 30`
    const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    onTestFinished(() => void process.kill(-child.pid!, 'SIGKILL'))
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    await expect.poll(() => said, { timeout: 10_000 }).toMatch(/\d+\n\.{20}/)
    process.kill(Number(/\d+/.exec(said)![0]), 'SIGTERM')
    await expect.poll(() => said, { timeout: 10_000 }).toMatch(/end 7/)
  }, 30_000)

  it('ends as SIGPIPE would where the reader has gone', () => {
    const script = `cat /dev/zero | { ${process.execPath} ${program}; echo $? >&2; } | head -c 10 >/dev/null`
    expect(spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stderr).toBe('output-closed9\n')
  })
})

describe('what waits for a slow reader', () => {
  /** Output to a pipe that is read only when a test does, and what tells the program to end. */
  function slow() {
    const name = path.join(temporaryFolder(), 'pipe')
    spawnSync('mkfifo', [name])
    const reader = fs.openSync(name, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK)
    const fd = fs.openSync(name, 'w')
    onTestFinished(() => [reader, fd].forEach((each) => fs.closeSync(each)))
    const end = new AbortController()
    const stream = () => {
      throw new Error('no terminal')
    }
    const output = new FdOutput({ fd, platform: process.platform, stream }, () => end.signal)
    const read = (): number => {
      try {
        return fs.readSync(reader, Buffer.alloc(2 ** 20))
      } catch {
        return 0
      }
    }
    return { output, end, read }
  }

  it('is given up all at once when the program is told to end, and so is what comes later', async () => {
    const { output, end } = slow()
    const waiting = [output.send(bytes), output.send(bytes), output.drain()]
    const reason = new Error('told to end')
    end.abort(reason)
    for (const each of waiting) await expect(each).rejects.toBe(reason)
    await expect(output.send(bytes)).rejects.toBe(reason)
    await expect(output.drain()).rejects.toBe(reason)
  })

  it('resolves one after the other as it is read, and after that can be told to end', async () => {
    const { output, end, read } = slow()
    for (let round = 0; round < 3; round++) {
      let sent = false
      void output.send(bytes)?.then(() => (sent = true))
      let seen = 0
      await expect.poll(() => (seen += read()) === bytes.length && sent, { timeout: 10_000, interval: 1 }).toBe(true)
      expect(output.drain()).toBeUndefined()
    }
    const last = output.send(bytes)
    end.abort(new Error('told to end'))
    await expect(last).rejects.toThrow('told to end')
  }, 30_000)
})

describe('openReader', () => {
  const descriptor = (stream: PassThrough) => ({ fd: 0, platform: 'linux' as const, stream: () => stream })

  it("waits for the sink's promise and hands its error on", async () => {
    const stream = new PassThrough()
    const seen: string[] = []
    const reader = openReader(descriptor(stream), true, async (chunk) => {
      seen.push(`> ${Buffer.from(chunk).toString()}`)
      await new Promise((resolve) => setTimeout(resolve, 5))
      seen.push('<')
      if (seen.length > 3) throw new Error('enough')
    })
    stream.write('a')
    await new Promise((resolve) => setTimeout(resolve, 1))
    stream.write('b')
    await expect(reader.done).rejects.toThrow('enough')
    expect(seen).toEqual(['> a', '<', '> b', '<'])
  })

  it('ends when stopped, and leaves the rest to the next reader', async () => {
    const stream = new PassThrough()
    const reader = openReader(descriptor(stream), true, () => undefined)
    reader.stop()
    await reader.done
    stream.end('later')
    expect((await buffer(stream)).toString()).toBe('later')
  })
})
