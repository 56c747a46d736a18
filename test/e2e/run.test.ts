import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

onEngines('docket run', (engine) => {
  const { docket } = engine
  const sh = (script: string, ...flags: string[]): Promise<Awaited<ReturnType<typeof docket>>> =>
    docket(['run', ...flags, 'busybox', 'sh', '-c', script])

  test.runIf(engine.has('wait-removed'))("gives the container's exit code with --rm", async () => {
    expect((await sh('exit 7', '--rm')).code).toBe(7)
  })

  test("gives the container's exit code", async () => {
    expect((await sh('exit 7')).code).toBe(7)
  })

  test('keeps stdout and stderr apart', async () => {
    const { stdout, stderr } = await sh('echo out; echo err >&2', '--rm')
    expect({ stdout, stderr }).toEqual({ stdout: 'out\n', stderr: 'err\n' })
  })

  test('gives what is piped in to the container, and its end', async () => {
    const { stdout, code } = await docket(['run', '-i', '--rm', 'busybox', 'cat'], { input: 'hi\n' })
    expect({ stdout, code }).toEqual({ stdout: 'hi\n', code: 0 })
  })

  test('carries 64 MiB in and out whole', async () => {
    const input = randomBytes(64 << 20)
    const { bytes, code } = await docket(['run', '-i', '--rm', 'busybox', 'cat'], { input, limit: 60_000 })
    expect(code).toBe(0)
    expect(bytes.length).toBe(input.length)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(input).digest('hex'))
  })

  test.runIf(engine.has('start-errors'))(
    'gives 127 for a command that is not there and 126 for one that cannot run',
    async () => {
      const absent = await docket(['run', '--rm', 'busybox', '/not-there'])
      expect(absent.code).toBe(127)
      expect(absent.stderr).toMatch(/Error response from daemon: /)
      expect((await docket(['run', '--rm', 'busybox', '/etc/passwd'])).code).toBe(126)
    },
  )

  test('gives 125 for a flag that is wrong and for what the engine refuses', async () => {
    expect((await docket(['run', '--no-such-flag', 'busybox'])).code).toBe(125)
    await docket(['run', '-d', '--name', 'taken', 'busybox', 'sleep', '100'])
    const second = await docket(['run', '--name', 'taken', 'busybox', 'true'])
    expect(second.code).toBe(125)
    expect(second.stderr).toMatch(/taken/)
  })

  test('-d prints the ID and leaves the container running; --cidfile holds the ID', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-cid-'))
    try {
      const cidfile = join(folder, 'cid')
      const { stdout } = await docket(['run', '-d', '--cidfile', cidfile, 'busybox', 'sleep', '100'])
      expect(stdout).toMatch(/^[0-9a-f]{64}\n$/)
      expect(readFileSync(cidfile, 'utf8')).toBe(stdout.trim())
      const { stdout: running } = await docket(['inspect', '--format', '{{.State.Running}}', stdout.trim()])
      expect(running).toBe('true\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('--rm leaves nothing behind', async () => {
    await docket(['run', '--rm', '--name', 'passing', 'busybox', 'true'])
    const { stdout } = await docket(['ps', '-a', '--format', '{{.Names}}'])
    expect(stdout).toBe('')
  })

  test('publishes a port that answers', async () => {
    await docket(['run', '-dp', '8080:80', 'busybox', 'httpd', '-f', '-h', '/var/www'])
    expect(await page(`http://${engine.address}:8080/`)).toBe('<h1>it works</h1>\n')
  })

  test('sets environment, working directory, user, host name, and mounts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-volume-'))
    try {
      chmodSync(folder, 0o755)
      writeFileSync(join(folder, 'file'), 'from the host\n')
      const flags = ['-e', 'A=one two', '-w', '/tmp', '-u', '65534', '-h', 'somewhere', '-v', `${folder}:/data:ro`]
      const { stdout } = await sh('echo "$A"; pwd; id -u; hostname; cat /data/file', '--rm', ...flags)
      expect(stdout).toBe('one two\n/tmp\n65534\nsomewhere\nfrom the host\n')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('passes signals on', async () => {
    const script = 'trap "echo caught; exit 3" TERM; echo ready; while :; do sleep 0.1; done'
    const child = engine.start(['run', 'busybox', 'sh', '-c', script])
    let shown = ''
    child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const [code] = (await once(child, 'close')) as [number | null]
    expect({ shown, code }).toEqual({ shown: 'ready\ncaught\n', code: 3 })
  })

  test('passes a signal on to a container with input, which ends well', async () => {
    const script = 'trap "echo got signal; exit 0" TERM; echo starting; while :; do sleep 0.1; done'
    const child = engine.start(['run', '--rm', '-i', 'busybox', 'sh', '-c', script])
    let shown = ''
    child.stdout.on('data', (chunk: Buffer) => (shown += chunk.toString()))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const [code] = (await once(child, 'close')) as [number | null]
    expect({ shown, code }).toEqual({ shown: 'starting\ngot signal\n', code: 0 })
  })

  test('keeps output whole for a reader who is still at it when the container has ended', async () => {
    const size = 18_933_764
    const child = engine.start(['run', '--rm', '-i', 'busybox', 'sh', '-c', 'cat -'])
    let read = 0
    let rests = 0
    child.stdout.on('data', (chunk: Buffer) => {
      read += chunk.length
      if (read < (rests + 1) << 20) return
      rests++
      child.stdout.pause()
      setTimeout(() => child.stdout.resume(), 100)
    })
    child.stdin.end(Buffer.alloc(size, 'x'))
    const [code] = (await once(child, 'close')) as [number | null]
    expect({ read, code }).toEqual({ read: size, code: 0 })
  })

  test.runIf(engine.has('mount-options'))('mounts a part of a volume', async () => {
    const volume = 'type=volume,src=parts,dst=/volume'
    const fill = 'cd /volume; echo foo >bar.txt; mkdir etc sub; echo root >etc/passwd; echo world >sub/hello.txt'
    const mounted = (command: string, part: string): ReturnType<typeof docket> =>
      docket(['run', '--rm', '--mount', `${volume},volume-subpath=${part}`, 'busybox', command, '/volume'])
    try {
      expect((await sh(fill, '--rm', '--mount', volume)).code).toBe(0)
      const absolute = await mounted('cat', '/etc/passwd')
      expect(absolute).toMatchObject({ code: 125, stdout: '' })
      expect(absolute.stderr).toContain('subpath must be a relative path within the volume')
      const absent = await mounted('ls', 'some-path/that/is-not-there')
      expect(absent.code).toBe(127)
      expect(absent.stderr).toContain('cannot access path ')
      expect(await mounted('ls', 'sub')).toMatchObject({ code: 0, stdout: 'hello.txt\n', stderr: '' })
      expect(await mounted('cat', 'bar.txt')).toMatchObject({ code: 0, stdout: 'foo\n', stderr: '' })
    } finally {
      await docket(['volume', 'rm', '-f', 'parts'])
    }
  })

  test.runIf(engine.has('mount-options'))('makes the source of a bind only where it is told to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-bind-'))
    const mounted = (name: string, option: string): ReturnType<typeof docket> => {
      const mount = `type=bind,src=${join(folder, name, 'not/there')},dst=/mnt,${option}`
      return docket(['run', '--rm', '--mount', mount, 'busybox', 'cat', '/proc/mounts'])
    }
    try {
      for (const [name, value] of ['', '=true', '=1'].entries()) {
        const made = await mounted(`made-${name}`, `bind-create-src${value}`)
        expect(made).toMatchObject({ code: 0, stderr: '' })
        expect(made.stdout).toContain(' /mnt ')
      }
      for (const [name, value] of ['=false', '=0'].entries()) {
        const refused = await mounted(`left-${name}`, `bind-create-src${value}`)
        expect(refused).toMatchObject({ code: 125, stdout: '' })
        expect(refused.stderr).toContain(join(folder, `left-${name}`, 'not/there'))
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('create, start -a and wait are its parts', async () => {
    const { stdout: id } = await docket(['create', 'busybox', 'sh', '-c', 'echo attached; exit 5'])
    const started = await docket(['start', '-a', id.trim()])
    expect(started).toMatchObject({ stdout: 'attached\n', code: 5 })
    expect((await docket(['wait', id.trim()])).stdout).toBe('5\n')
  })
})

/** The page at `url`, once it answers. */
async function page(url: string): Promise<string> {
  for (let tries = 50; ; tries--) {
    try {
      return await (await fetch(url)).text()
    } catch (error) {
      if (tries === 0) throw error
      await sleep(100)
    }
  }
}
