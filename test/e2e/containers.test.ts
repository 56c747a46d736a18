import { once } from 'node:events'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

onEngines('a container', (engine) => {
  const { docket } = engine
  const sleeper = async (name: string): Promise<string> => {
    const { stdout } = await docket([
      'run',
      '-d',
      '--name',
      name,
      'busybox',
      'sh',
      '-c',
      'trap "exit 6" TERM; while :; do sleep 0.1; done',
    ])
    return stdout.trim()
  }
  const state = async (name: string, field: string): Promise<string> =>
    (await docket(['inspect', '--format', `{{.State.${field}}}`, name])).stdout.trim()

  test('is listed by ps, filtered, formatted, and gone once removed', async () => {
    const id = await sleeper('listed')
    const { stdout } = await docket(['ps'])
    expect(stdout).toMatch(/^CONTAINER ID +IMAGE +COMMAND +CREATED +STATUS +PORTS +NAMES\n/)
    expect(stdout).toContain(id.slice(0, 12))
    expect((await docket(['ps', '-q', '--no-trunc'])).stdout).toBe(`${id}\n`)
    expect((await docket(['ps', '--filter', 'name=listed', '--format', '{{.Names}} {{.Image}}'])).stdout).toMatch(
      /^listed .*busybox/,
    )
    expect((await docket(['ps', '-q', '--filter', 'name=other'])).stdout).toBe('')
    expect((await docket(['rm', '-f', 'listed'])).stdout).toBe('listed\n')
    expect((await docket(['ps', '-aq'])).stdout).toBe('')
  })

  test('has logs, all, the last, with times, and as they come', async () => {
    await docket(['run', '--name', 'said', 'busybox', 'sh', '-c', 'echo one; echo two >&2; sleep 0.2; echo three'])
    const all = await docket(['logs', 'said'])
    expect({ stdout: all.stdout, stderr: all.stderr }).toEqual({ stdout: 'one\nthree\n', stderr: 'two\n' })
    expect((await docket(['logs', '--tail', '1', 'said'])).stdout).toBe('three\n')
    expect((await docket(['logs', '-t', '--tail', '1', 'said'])).stdout).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d) three\n$/,
    )

    await docket(['run', '-d', '--name', 'saying', 'busybox', 'sh', '-c', 'echo early; sleep 1; echo late'])
    const following = await docket(['logs', '-f', 'saying'])
    expect(following).toMatchObject({ code: 0, stdout: 'early\nlate\n' })
  })

  test('runs more commands with exec: input, environment, user, exit code', async () => {
    await sleeper('host')
    const { stdout, code } = await docket(
      ['exec', '-i', '-e', 'A=b', '-w', '/tmp', '-u', '65534', 'host', 'sh', '-c', 'cat; echo $A; pwd; id -u; exit 9'],
      { input: 'in\n' },
    )
    expect({ stdout, code }).toEqual({ stdout: 'in\nb\n/tmp\n65534\n', code: 9 })
    expect((await docket(['exec', 'host', '/not-there'])).code).not.toBe(0)
    expect((await docket(['exec', '-d', 'host', 'touch', '/tmp/made'])).code).toBe(0)
  })

  test('stops, starts, restarts, is killed and waited for', async () => {
    await sleeper('moving')
    expect((await docket(['stop', '-t', '5', 'moving'])).stdout).toBe('moving\n')
    expect(await state('moving', 'ExitCode')).toBe('6')
    expect((await docket(['start', 'moving'])).stdout).toBe('moving\n')
    expect(await state('moving', 'Running')).toBe('true')
    expect((await docket(['restart', '-t', '1', 'moving'])).stdout).toBe('moving\n')
    const waiting = docket(['wait', 'moving'])
    expect((await docket(['kill', 'moving'])).stdout).toBe('moving\n')
    expect((await waiting).stdout).toBe('137\n')
  })

  test('is ended by a signal of one’s choice, and by none once it has ended', async () => {
    await sleeper('ending')
    expect((await docket(['kill', '-s', 'SIGTERM', 'ending'])).stdout).toBe('ending\n')
    await expect.poll(() => state('ending', 'Status'), { timeout: 10_000 }).toBe('exited')
    const again = await docket(['kill', 'ending'])
    expect({ code: again.code, stdout: again.stdout }).toEqual({ code: 1, stdout: '' })
    if (engine.kind === 'docker') expect(again.stderr).toContain('is not running')
  })

  test('pauses and goes on', async () => {
    await sleeper('held')
    expect((await docket(['pause', 'held'])).stdout).toBe('held\n')
    expect(await state('held', 'Status')).toBe('paused')
    expect((await docket(['unpause', 'held'])).stdout).toBe('held\n')
    expect(await state('held', 'Status')).toBe('running')
  })

  test('is renamed, looked into, and its ports and processes are told', async () => {
    await docket(['run', '-dp', '8081:80', '-p', '53/udp', '--name', 'old', 'busybox', 'sleep', '100'])
    expect((await docket(['rename', 'old', 'new'])).code).toBe(0)
    expect((await docket(['port', 'new', '80'])).stdout).toMatch(/^\S.*:8081$/m)
    expect((await docket(['port', 'new'])).stdout).toMatch(/53\/udp -> .*:\d+/)
    expect((await docket(['top', 'new'])).stdout).toMatch(/^.*PID.*\n.*sleep 100/)
    const [inspected] = JSON.parse((await docket(['inspect', 'new'])).stdout) as [
      { Name: string; Config: { Cmd: string[] } },
    ]
    expect(inspected.Name.replace('/', '')).toBe('new')
    expect(inspected.Config.Cmd).toEqual(['sleep', '100'])
  })

  test('keeps its name where the new one, or the old one, is empty', async () => {
    await sleeper('named')
    for (const [from, to, why] of [
      ['', 'other', 'invalid container name or ID: value is empty'],
      ['named', '', 'new name cannot be blank'],
    ] as const) {
      const { code, stdout, stderr } = await docket(['container', 'rename', from, to])
      expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `failed to rename container: ${why}\n` })
    }
    expect(await state('named', 'Running')).toBe('true')
  })

  test('that is not there does not keep the others from their turn', async () => {
    await sleeper('here')
    const { stdout, stderr, code } = await docket(['kill', 'absent', 'here'])
    expect({ stdout, code }).toEqual({ stdout: 'here\n', code: 1 })
    expect(stderr).toMatch(/absent/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  test('is attached to: its output comes, and its exit code', async () => {
    await docket(['run', '-di', '--name', 'open', 'busybox', 'sh', '-c', 'read x; echo "got $x"; sleep 0.3; exit 8'])
    const attached = engine.start(['attach', 'open'])
    attached.stdin.write('word\n')
    // The daemon lets go of a client whose input ended, so it stays open until the answer is here.
    const [answer] = (await once(attached.stdout, 'data')) as [Buffer]
    attached.stdin.end()
    const [code] = (await once(attached, 'close')) as [number | null]
    expect({ answer: answer.toString(), code }).toEqual({ answer: 'got word\n', code: 8 })
  })

  test.runIf(engine.has('wait-removed'))('gives its exit code to who attached, though its input ended', async () => {
    const { stdout } = await docket(['run', '-d', '-i', '--rm', 'busybox', 'sh', '-c', 'read x; exit 21'])
    expect((await docket(['attach', stdout.trim()], { input: '\n' })).code).toBe(21)
  })

  test('is sent the interrupt of who attached at a terminal, who waits for its exit code', async () => {
    const script = 'trap "exit 33" INT; for i in $(seq 300); do echo up; sleep 0.1; done; exit 34'
    await docket(['run', '-d', '--name', 'trapping', 'busybox', 'sh', '-c', script])
    const terminal = engine.terminal(['attach', 'trapping'])
    await terminal.waitFor('up')
    terminal.kill('SIGINT')
    expect((await terminal.ended()).code).toBe(33)
  })

  test('keeps its output whole when the reader is slow, and docket ends when the reader goes', async () => {
    const lines = 300_000
    const slow = engine.start(['run', '--rm', 'busybox', 'seq', String(lines)])
    let text = ''
    slow.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
    await once(slow.stdout, 'data')
    slow.stdout.pause()
    setTimeout(() => slow.stdout.resume(), 500)
    await once(slow, 'close')
    expect(text.split('\n')).toHaveLength(lines + 1)
    expect(text).toMatch(/\n300000\n$/)

    await docket(['run', '-d', '--name', 'endless', 'busybox', 'sh', '-c', 'while :; do echo y; sleep 0.01; done'])
    const left = engine.start(['logs', '-f', 'endless'])
    await once(left.stdout, 'data')
    left.stdout.destroy()
    await once(left, 'close')
  })
})
