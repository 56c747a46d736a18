import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

const loop = ['sh', '-c', 'trap "exit 6" TERM; while :; do sleep 0.1; done']

onEngines('what containers do', (engine) => {
  const { docket } = engine

  test('is told by stats, once and as it goes', async () => {
    await docket(['run', '-d', '--name', 'busy', 'busybox', ...loop])
    const once = await docket(['stats', '--no-stream', '--format', '{{.Name}} {{.CPUPerc}} {{.MemUsage}} {{.PIDs}}'])
    expect(once.stdout).toMatch(/^busy \d+\.\d\d% [\d.]+\w+ \/ [\d.]+\w+ \d+\n$/)
    const stats = engine.start(['stats', '--format', '{{.Name}}'])
    await new Promise<void>((resolve) => {
      let said = ''
      stats.stdout.on('data', (chunk) => {
        said += String(chunk)
        if (said.split('\x1b[Hbusy\x1b[K\n').length > 2) resolve()
      })
    })
    const ended = new Promise((resolve) => stats.on('exit', resolve))
    stats.kill('SIGINT')
    expect(await ended).toBe(0)
  })

  test('is told by top and diff', async () => {
    await docket(['run', '-d', '--name', 'writer', 'busybox', 'sh', '-c', 'echo x > /made; exec sleep 60'])
    await expect.poll(async () => (await docket(['diff', 'writer'])).stdout).toContain('A /made\n')
    const { stdout } = await docket(['top', 'writer', '-o', 'pid,comm'])
    expect(stdout).toMatch(/^PID +COMMAND\n\d+ +sleep\n/)
  })

  test('is told by events, to the nanosecond and in order', async () => {
    const since = String(Date.now() / 1000 - 1)
    await docket(['run', '--name', 'eventful', 'busybox', 'true'])
    const events = (...argv: string[]) => {
      const until = String(Math.ceil(Date.now() / 1000) + 1)
      const limits = ['--since', since, '--until', until, '-f', 'container=eventful', '-f', 'type=container']
      return docket(['events', ...limits, ...argv])
    }
    const { stdout } = await events('--format', '{{.Action}} {{.Actor.Attributes.name}}')
    const actions = stdout.split('\n').filter((line) => /^(create|start|die) /.test(line))
    expect(actions).toEqual(['create eventful', 'start eventful', 'die eventful'])
    const lines = (await events()).stdout
    expect(lines).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}(Z|[+-]\d\d:\d\d) container create [0-9a-f]{64} \(.*name=eventful.*\)\n/,
    )
  })

  test('is described by inspect, whatever the template asks', async () => {
    await docket(['run', '-d', '--name', 'web', '-p', '127.0.0.1::8000', '-l', 'a=b', '-m', '64m', 'busybox', ...loop])
    const show = async (format: string) => (await docket(['inspect', '-f', format, 'web'])).stdout
    expect(await show('{{.Name}} {{index .Config.Labels "a"}} {{.HostConfig.Memory}}')).toBe('/web b 67108864\n')
    const published = await show('{{range $p, $b := .NetworkSettings.Ports}}{{$p}} {{(index $b 0).HostIP}}{{end}}')
    expect(published).toBe('8000/tcp 127.0.0.1\n')
    const [whole] = JSON.parse((await docket(['inspect', 'web'])).stdout) as { Config: { Cmd: string[] } }[]
    expect(whole?.Config.Cmd).toEqual(loop)
    expect((await docket(['port', 'web', '8000'])).stdout).toMatch(/^127\.0\.0\.1:\d+\n$/)
    expect((await docket(['port', 'web'])).stdout).toMatch(/^8000\/tcp -> 127\.0\.0\.1:\d+\n$/)
  })

  // podman 4.3 answers 500 for a name with capitals, whichever client asks.
  test.runIf(engine.kind === 'docker')('is told from what is not there, whose name no image may have', async () => {
    const { code, stdout, stderr } = await docket(['inspect', 'FooBar'])
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '[]\n', stderr: 'error: no such object: FooBar\n' })
  })

  test('is waited for, and survives a rename', async () => {
    await docket(['run', '-d', '--name', 'before', 'busybox', 'sh', '-c', 'sleep 0.5; exit 7'])
    expect(await docket(['rename', 'before', 'after'])).toMatchObject({ code: 0, stdout: '' })
    expect((await docket(['wait', 'after'])).stdout).toBe('7\n')
  })

  test.runIf(engine.has('commit'))('goes into an image by commit', async () => {
    await docket(['run', '--name', 'made', 'busybox', 'sh', '-c', 'echo kept > /kept'])
    const { stdout } = await docket(['commit', '-m', 'why', '-c', 'ENV A=1', 'made', 'committed:one'])
    expect(stdout).toMatch(/^(sha256:)?[0-9a-f]{64}\n$/)
    expect((await docket(['run', '--rm', 'committed:one', 'sh', '-c', 'cat /kept; echo $A'])).stdout).toBe('kept\n1\n')
    await docket(['rmi', 'committed:one'])
  })

  test('goes into a tar by export', async () => {
    await docket(['run', '--name', 'made', 'busybox', 'sh', '-c', 'echo kept > /kept'])
    const { bytes } = await docket(['export', 'made'])
    const listed = spawnSync('tar', ['-tf', '-'], { input: bytes, maxBuffer: 1 << 26 }).stdout.toString()
    expect(listed.split('\n')).toContain('kept')
    const target = `${engine.config}/made.tar`
    await docket(['export', '-o', target, 'made'])
    expect(readFileSync(target).length).toBe(bytes.length)
  })

  test('ends with prune, after a question', async () => {
    await docket(['run', '--name', 'done', 'busybox', 'true'])
    expect((await docket(['container', 'prune'], { input: 'n\n' })).stdout).toMatch(/\[y\/N\] $/)
    expect((await docket(['container', 'prune'], { input: 'y\n' })).stdout).toContain('Deleted Containers:\n')
    expect((await docket(['ps', '-aq'])).stdout).toBe('')
  })

  test('comes whole and fast through logs', async () => {
    const lines = 200_000
    await docket(['run', '--name', 'loud', 'busybox', 'seq', String(lines)])
    const { bytes } = await docket(['logs', 'loud'])
    expect(bytes.length).toBe(1_288_895)
    expect(bytes.subarray(-7).toString()).toBe(`${lines}\n`)
  })
})
