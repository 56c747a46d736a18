import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

const project = `services:
  web:
    image: busybox
    init: true
    stop_grace_period: 1s
    command: [sh, -c, "echo it is up; sleep 600"]
`

onEngines('real plugins', (engine) => {
  const { docket } = engine
  /** Compose and buildx are Debian's, of the suite that the newer engine comes from. */
  const folder = (): string | undefined => {
    const file = join(engine.testbed.folder, 'sandboxes/docker-28/root')
    return existsSync(file) ? join(readFileSync(file, 'utf8').trim(), 'usr/libexec/docker/cli-plugins') : undefined
  }
  const suited = engine.kind === 'docker' && folder() !== undefined
  let work = ''
  const compose = (...args: string[]): string[] => ['compose', '-p', 'tried', '-f', join(work, 'compose.yaml'), ...args]

  function begin(): void {
    work = mkdtempSync(join(tmpdir(), 'docket-compose-'))
    writeFileSync(join(work, 'compose.yaml'), project)
    const config = { auths: { 'nowhere.invalid': { auth: 'YTpi' } }, cliPluginsExtraDirs: [folder()] }
    writeFileSync(join(engine.config, 'config.json'), JSON.stringify(config))
  }

  afterEach(async () => {
    if (work === '') return
    await docket(compose('down', '-t', '0', '--remove-orphans'))
    rmSync(work, { recursive: true, force: true })
    work = ''
  })

  test.runIf(suited)('are listed, and answer for themselves', async () => {
    begin()
    expect((await docket(['--help'])).stdout).toMatch(
      /\n {2}buildx\* +Docker Buildx\n[^]*\n {2}compose\* +Docker Compose\n/,
    )
    expect((await docket(['compose', 'version'])).stdout).toMatch(/^Docker Compose version /)
    expect((await docket(['buildx', 'version'])).stdout).toContain('buildx')
    const wrong = await docket(['compose', 'nonsense'])
    expect(wrong).toMatchObject({ code: 1 })
    expect(wrong.stderr).toContain('unknown')
  })

  test.runIf(suited)('compose brings a project up, shows its logs, and takes it down', async () => {
    begin()
    expect(await docket(compose('up', '-d'), { limit: 60_000 })).toMatchObject({ code: 0 })
    expect((await docket(['ps', '--format', '{{.Names}}'])).stdout).toBe('tried-web-1\n')
    expect((await docket(compose('logs', '--no-log-prefix'))).stdout).toContain('it is up\n')
    expect((await docket(compose('exec', '-T', 'web', 'sh', '-c', 'exit 9'))).code).toBe(9)
    expect(await docket(compose('down', '-t', '0'), { limit: 60_000 })).toMatchObject({ code: 0 })
    expect((await docket(['ps', '-aq'])).stdout).toBe('')
  })

  test.runIf(suited)('an end asked of us reaches compose, which stops what it runs', async () => {
    begin()
    const up = engine.start(compose('up'))
    let shown = ''
    await new Promise<void>((resolve) => {
      up.stdout.on('data', (chunk: Buffer) => {
        shown += chunk.toString()
        if (shown.includes('it is up')) resolve()
      })
    })
    const ended = new Promise<number | null>((resolve) => up.once('exit', resolve))
    up.kill('SIGINT')
    expect(await ended).not.toBe(null)
    expect((await docket(['ps', '-q'])).stdout).toBe('')
  })
})
