import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { onEngines } from '../engines.ts'

const classic = { DOCKER_BUILDKIT: '0' }
const disabled =
  'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n' +
  '            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0\n' +
  '            environment-variable.\n\n'

/** A folder with these files, a list for what is executable. */
function contextOf(files: Record<string, string | [string]>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-build-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, Array.isArray(content) ? content[0] : content)
    if (Array.isArray(content)) fs.chmodSync(file, 0o755)
  }
  return folder
}

onEngines('docker build with the classic builder', (engine) => {
  const build = (args: string[], options: { input?: string | Buffer; env?: Record<string, string> } = {}) =>
    engine.docket(['build', ...args], { ...options, env: { ...classic, ...options.env } })
  const remove = (...names: string[]) => onTestFinished(async () => void (await engine.docket(['rmi', '-f', ...names])))
  const inspect = async (name: string, format: string) =>
    (await engine.docket(['image', 'inspect', '-f', format, name])).stdout.trim()

  test('builds a folder and gives it a name', async () => {
    remove('myimage')
    const folder = contextOf({
      run: ['#!/bin/sh\necho running'],
      'data/one': '1111',
      'data/two.log': 'no',
      '.dockerignore': '**/*.log\nDockerfile',
      Dockerfile: 'FROM busybox\nCOPY run /usr/bin/run\nRUN run\nCOPY . /data\n',
    })
    const { stdout, stderr, code } = await build(['-t', 'myimage', folder])
    expect(code).toBe(0)
    expect(stderr).toBe(disabled)
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^Sending build context to Docker daemon +[\d.]+kB\r\r$/)
    const step = (n: number, what: string) =>
      engine.kind === 'podman' ? `STEP ${n}/4: ${what}` : `Step ${n}/4 : ${what}`
    for (const [i, what] of ['FROM busybox', 'COPY run /usr/bin/run', 'RUN run', 'COPY . /data'].entries()) {
      expect(lines).toContain(step(i + 1, what))
    }
    expect(stdout).toMatch(/^(?: ---> .*\n)?.*running$/m)
    expect(stdout).toMatch(/Successfully built [0-9a-f]+\nSuccessfully tagged myimage(:latest)?\n$/)
    const { stdout: found } = await engine.docket(['run', '--rm', 'myimage', 'find', '/data', '-type', 'f'])
    expect(found.trim().split('\n').toSorted()).toEqual(['/data/.dockerignore', '/data/data/one', '/data/run'])
  })

  test('passes arguments, labels and a stage', async () => {
    remove('staged')
    const folder = contextOf({
      'build/file': 'FROM busybox AS one\nARG A\nARG B=own\nRUN echo "$A $B" > /args\nFROM one AS two\nRUN false\n',
    })
    const flags = [
      '-f',
      `${folder}/build/file`,
      '--build-arg',
      'A',
      '--label',
      'a=b',
      '--target',
      'one',
      '-t',
      'staged',
    ]
    expect(await build([...flags, folder], { env: { A: 'from here' } })).toMatchObject({ code: 0 })
    const { stdout } = await engine.docket(['run', '--rm', 'staged', 'cat', '/args'])
    expect([stdout, await inspect('staged', '{{.Config.Labels.a}}')]).toEqual(['from here own\n', 'b'])
  })

  test('takes the Dockerfile, or a context, from standard input', async () => {
    remove('fromstdin')
    const folder = contextOf({ a: 'in the context', Dockerfile: 'FROM nowhere' })
    const dockerfile = 'FROM busybox\nCOPY a /a\n'
    const ends = async (args: string[], input: string | Buffer) => {
      expect(await build(['-t', 'fromstdin', ...args], { input })).toMatchObject({ code: 0 })
      return (await engine.docket(['run', '--rm', 'fromstdin', 'ls', '/'])).stdout.split('\n')
    }
    expect(await ends(['-f', '-', folder], dockerfile)).toContain('a')
    expect(await ends(['--compress', '-f', '-', folder], `${dockerfile}RUN touch /packed`)).toContain('packed')
    expect(await ends(['-'], 'FROM busybox\nRUN touch /alone')).toContain('alone')
    fs.writeFileSync(path.join(folder, 'Other'), `${dockerfile}RUN touch /tarred`)
    for (const flag of ['-c', '-cz', '-cj']) {
      const { stdout } = spawnSync('tar', ['-C', folder, flag, '.'])
      expect(await ends(['-f', 'Other', '-'], stdout)).toContain('tarred')
    }
  })

  test('takes a Dockerfile from outside of the context', async () => {
    remove('outside')
    const folder = contextOf({ 'context/a': 'x', Dockerfile: 'FROM busybox\nCOPY . /all\n' })
    expect(await build(['-t', 'outside', '-f', `${folder}/Dockerfile`, `${folder}/context`])).toMatchObject({ code: 0 })
    const { stdout } = await engine.docket(['run', '--rm', 'outside', 'ls', '-A', '/all'])
    // podman leaves what .dockerignore names in the context.
    if (engine.kind === 'docker') expect(stdout).toBe('a\n')
    else expect(stdout).toContain('a\n')
  })

  test('writes the ID into a file, and prints it alone with -q', async () => {
    remove('quiet')
    const folder = contextOf({ Dockerfile: 'FROM busybox\nENV A=b\n' })
    const file = path.join(folder, 'id')
    expect(await build(['--iidfile', file, '-t', 'quiet', folder])).toMatchObject({ code: 0 })
    const id = await inspect('quiet', '{{.Id}}')
    expect(fs.readFileSync(file, 'utf8')).toContain(id.replace('sha256:', ''))
    const { stdout, stderr } = await build(['-q', folder])
    expect([stdout.trim().replace('sha256:', ''), stderr]).toEqual([id.replace('sha256:', ''), disabled])
  })

  test('tells of a step that fails', async () => {
    const folder = contextOf({ Dockerfile: 'FROM busybox\nRUN echo so far; exit 7\n' })
    const { stdout, stderr, code } = await build([folder])
    expect(stdout).toContain('so far')
    expect(stderr).toMatch(engine.kind === 'docker' ? /exit 7' returned a non-zero code: 7\n$/ : /exit status 7\n/)
    expect(code).toBe(engine.kind === 'docker' ? 7 : 1)
  })

  test('tells of a Dockerfile that cannot be', async () => {
    const { stderr, code } = await build([contextOf({ Dockerfile: 'FROM busybox\nNONSENSE\n' })])
    expect(code).toBe(1)
    expect(stderr.toLowerCase()).toContain('unknown instruction')
  })

  test('stops when it is interrupted', async () => {
    const folder = contextOf({ Dockerfile: 'FROM busybox\nRUN echo it began; sleep 1000\n' })
    const child = engine.start(['build', folder], classic)
    let said = ''
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (/^.*it began$/m.test(said)) resolve()
      })
    })
    child.kill('SIGINT')
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130)
  })

  test('is what builds where the engine has no BuildKit', async () => {
    if (engine.kind === 'docker') return
    const folder = contextOf({ Dockerfile: 'FROM busybox\nENV A=c\n' })
    const { code, stderr, stdout } = await engine.docket(['build', '-q', folder])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    remove(stdout.trim())
    const refused = await engine.docket(['build', '--secret', 'id=a,src=/dev/null', folder])
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringContaining('--secret needs BuildKit, which this engine does not have'),
    ])
  })
})
