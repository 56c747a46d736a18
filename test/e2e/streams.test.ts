import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { call } from '../engines/testbed.ts'

// What a container prints without end fills the disk by its log, so everything here has an end of its own.
onEngines('streams', (engine) => {
  const detached = async (script: string, ...flags: string[]): Promise<string> =>
    (await engine.docket(['run', '-d', ...flags, 'busybox', 'sh', '-c', script])).stdout.trim()

  const isRunning = async (id: string): Promise<boolean> => {
    const { body } = await call(engine, 'GET', `/v1.41/containers/${id}/json`)
    return (JSON.parse(body) as { State: { Running: boolean } }).State.Running
  }

  test('a reader that goes away ends docket quietly, as SIGPIPE would', async () => {
    const child = engine.start([
      'run',
      '--rm',
      'busybox',
      'sh',
      '-c',
      'for i in $(seq 40); do echo $i; sleep 0.1; done',
    ])
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
    const ended = once(child, 'exit') as Promise<[number]>
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = await ended
    expect({ code, said }).toEqual({ code: 141, said: '' })
  })

  test.runIf(engine.has('exec-duplex'))('input goes on to the container while nobody reads the output', async () => {
    // The container prints more than any pipe holds, then counts its input: that has to come through all the same.
    const script = 'head -c 8000000 /dev/zero & wc -c >/tmp/count; wait; cat /tmp/count'
    const id = await detached('sleep 60')
    const child = engine.start(['exec', '-i', id, 'sh', '-c', script])
    child.stdout.pause()
    child.stdin.end(Buffer.alloc(500_000))
    await expect
      .poll(async () => (await engine.docket(['exec', id, 'cat', '/tmp/count'])).stdout, { timeout: 20_000 })
      .toBe('500000\n')
    let size = 0
    child.stdout.on('data', (chunk: Buffer) => (size += chunk.length)).resume()
    await once(child, 'close')
    expect(size).toBe(8_000_007)
  })

  test('signals are served while nobody reads the output', async () => {
    const child = engine.start([
      'run',
      '--rm',
      'busybox',
      'sh',
      '-c',
      'trap "exit 3" TERM; head -c 3000000 /dev/zero; while :; do sleep 0.1; done',
    ])
    child.stdout.pause()
    const ended = once(child, 'exit') as Promise<[number]>
    await sleep(1500)
    for (let i = 0; i < 3; i++) {
      child.kill('SIGTERM')
      await sleep(300)
    }
    expect((await ended)[0]).toBe(1)
  })

  test('a container that ignores signals cannot hold docket: the third interrupt gets through', async () => {
    const child = engine.start([
      'run',
      '--name',
      'deaf',
      'busybox',
      'sh',
      '-c',
      'trap "" INT; echo ready; for i in $(seq 600); do sleep 0.1; done',
    ])
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)))
    const ended = once(child, 'close') as Promise<[number]>
    await once(child.stdout, 'data')
    for (let i = 0; i < 3; i++) {
      child.kill('SIGINT')
      await sleep(200)
    }
    const [code] = await ended
    expect({ code, said }).toEqual({ code: 1, said: '\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n' })
    expect(await isRunning('deaf')).toBe(true)
  })

  test.each([
    ['stdout', { stdout: 'out\n', stderr: '' }],
    ['stderr', { stdout: '', stderr: 'err\n' }],
  ])('-a %s attaches that alone', async (name, expected) => {
    const outcome = await engine.docket(['run', '-a', name, 'busybox', 'sh', '-c', 'echo out; echo err >&2; exit 4'])
    expect(outcome).toMatchObject({ ...expected, code: 4 })
  })

  test('-a stdin gives input alone and ends with the container', async () => {
    const outcome = await engine.docket(
      ['run', '-i', '-a', 'stdin', '--name', 'taker', 'busybox', 'sh', '-c', 'cat >/got; exit 5'],
      {
        input: 'some input',
      },
    )
    expect(outcome).toMatchObject({ stdout: '', stderr: '', code: 5 })
    const logs = await engine.docket(['cp', 'taker:/got', '-'])
    expect(logs.stdout).toContain('some input')
  })

  test('attach hands signals on and gives the exit code', async () => {
    const id = await detached('trap "echo told; exit 6" USR1; echo ready; while :; do sleep 0.1; done')
    const child = engine.start(['attach', id])
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)))
    await sleep(1000)
    child.kill('SIGUSR1')
    const [code] = (await once(child, 'close')) as [number]
    expect({ code, out }).toEqual({ code: 6, out: 'told\n' })
  })

  test('attach --sig-proxy=false keeps them', async () => {
    const id = await detached('for i in $(seq 600); do sleep 0.1; done')
    const child = engine.start(['attach', '--sig-proxy=false', '--no-stdin', id])
    await sleep(1000)
    child.kill('SIGTERM')
    expect(((await once(child, 'close')) as [number])[0]).toBe(143)
    expect(await isRunning(id)).toBe(true)
  })

  test('several may attach to one container, and each gets all', async () => {
    const id = await detached('until [ -e /go ]; do sleep 0.1; done; echo all of you; sleep 1')
    const watchers = [1, 2, 3].map(() => engine.docket(['attach', id]))
    await sleep(2000)
    await engine.docket(['exec', id, 'touch', '/go'])
    const outcomes = await Promise.all(watchers)
    expect(outcomes.map(({ stdout, code }) => [stdout, code])).toEqual([1, 2, 3].map(() => ['all of you\n', 0]))
  })

  test('exec ends with its command though stdin stays open', async () => {
    const id = await detached('for i in $(seq 600); do sleep 0.1; done')
    const child = engine.start(['exec', '-i', id, 'sh', '-c', 'echo done; exit 9'])
    expect(((await once(child, 'exit')) as [number])[0]).toBe(9)
  })

  test('exec, killed, says so by its exit code', async () => {
    const id = await detached('for i in $(seq 600); do sleep 0.1; done')
    const child = engine.start(['exec', id, 'sleep', '30'])
    await sleep(800)
    child.kill('SIGINT')
    expect(((await once(child, 'close')) as [number])[0]).toBe(130)
  })
})
