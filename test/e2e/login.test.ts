import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { account } from '../engines/declared.ts'
import { onEngines } from '../engines.ts'

onEngines('login', (engine) => {
  const { docket } = engine
  const { tls: closed, password: unencrypted, open } = engine.testbed.registries
  const config = (): Record<string, unknown> =>
    JSON.parse(readFileSync(join(engine.config, 'config.json'), 'utf8')) as Record<string, unknown>
  const configure = (value: object): void => writeFileSync(join(engine.config, 'config.json'), JSON.stringify(value))
  /** Keeps other helpers that this machine may have out of the way. */
  const plain = { auths: { 'nowhere.invalid': { auth: 'YTpi' } } }
  const login = (secret: string) =>
    docket(['login', '-u', account.username, '--password-stdin', closed], { input: `${secret}\n` })

  test('keeps a password that the registry takes, uses it, and forgets it', async () => {
    configure(plain)
    const done = await login(account.password)
    expect(done).toMatchObject({ code: 0, stdout: 'Login Succeeded\n' })
    expect(done.stderr).toContain('stored unencrypted')
    expect(statSync(join(engine.config, 'config.json')).mode & 0o077).toBe(0o044)
    const image = `${closed}/${engine.name}/login:1`
    await docket(['tag', 'busybox', image])
    expect((await docket(['push', '-q', image])).code).toBe(0)
    const again = await docket(['login', closed])
    expect(again).toMatchObject({ code: 0, stdout: 'Login Succeeded\n' })
    expect(again.stderr).toContain('Authenticating with existing credentials...')
    expect((await docket(['logout', closed])).stdout).toBe(`Removing login credentials for ${closed}\n`)
    expect(config().auths).toEqual(plain.auths)
    expect((await docket(['push', '-q', image])).code).toBe(1)
  })

  test('is refused with a wrong password, and keeps nothing', async () => {
    configure(plain)
    const { code, stderr, stdout } = await login('guess')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/unauthorized|incorrect|authentication/i)
    expect(config()).toEqual(plain)
  })

  test('asks at a terminal without showing the password, and gives the terminal back', async () => {
    configure(plain)
    const terminal = engine.terminal(['login', closed])
    await terminal.waitFor('Username: ')
    terminal.write(`${account.username}\r`)
    await terminal.waitFor('Password: ')
    terminal.write(`x${account.password}\x7f${account.password.slice(-1)}\x15${account.password}\r`)
    await terminal.waitFor('Login Succeeded')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(0)
    expect(after).toBe(before)
    expect(terminal.shown()).not.toContain(account.password)
    await docket(['logout', closed])
  })

  test('an interrupted prompt gives the terminal back', async () => {
    configure(plain)
    const terminal = engine.terminal(['login', '-u', 'somebody', closed])
    await terminal.waitFor('Password: ')
    terminal.write('half\x03')
    const { code, before, after } = await terminal.ended()
    expect(code).toBe(130)
    expect(after).toBe(before)
    expect(config()).toEqual(plain)
  })

  test('asks the registry itself where no daemon answers', async () => {
    configure(plain)
    const env = { DOCKER_HOST: 'unix:///nowhere/at/all.sock' }
    const { code, stderr } = await docket(['login', '-u', 'a', '-p', 'b', unencrypted], { env })
    expect(code).toBe(1)
    // Only HTTPS is good enough for a password.
    expect(stderr).toContain('server gave HTTP response to HTTPS client')
  })

  test('leaves the password to pass, a real credential helper', async () => {
    const { bin } = passStore(engine.testbed.folder)
    configure({ credsStore: 'pass' })
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` }
    const done = await docket(['login', '-u', account.username, '--password-stdin', closed], {
      env,
      input: account.password,
      limit: 60_000,
    })
    expect(done).toMatchObject({ code: 0, stdout: 'Login Succeeded\n', stderr: '' })
    expect(config()).toEqual({ credsStore: 'pass', auths: { [closed]: {} } })
    const image = `${closed}/${engine.name}/helped:1`
    await docket(['tag', 'busybox', image])
    expect(await docket(['push', '-q', image], { env })).toMatchObject({ code: 0 })
    expect(await docket(['pull', '-q', `${open}/no/such:1`], { env })).toMatchObject({ code: 1 })
    await docket(['logout', closed], { env })
    expect(await docket(['push', '-q', image], { env })).toMatchObject({ code: 1 })
    expect(config()).toEqual({ credsStore: 'pass', auths: {} })
  })

  test('a helper that is broken is no reason not to pull what is public', async () => {
    const image = `${open}/${engine.name}/public:1`
    configure(plain)
    await docket(['tag', 'busybox', image])
    expect((await docket(['push', '-q', image])).code).toBe(0)
    await docket(['rmi', image])
    configure({ credsStore: 'nowhere' })
    const pulled = await docket(['pull', '-q', image])
    expect(pulled).toMatchObject({ code: 0, stdout: `${image}\n` })
    expect(pulled.stderr).toContain('docker-credential-nowhere')
    expect(await docket(['push', image])).toMatchObject({ code: 1 })
  })

  test('manifest lists are made and pushed with the same credentials', async () => {
    configure({
      auths: { [closed]: { auth: Buffer.from(`${account.username}:${account.password}`).toString('base64') } },
    })
    const parts = ['one', 'two'].map((tag) => `${closed}/${engine.name}/part:${tag}`)
    for (const part of parts) {
      await docket(['tag', 'busybox', part])
      expect(await docket(['push', '-q', part])).toMatchObject({ code: 0 })
    }
    const list = `${closed}/${engine.name}/list:1`
    expect(await docket(['manifest', 'create', '--insecure', list, ...parts])).toMatchObject({ code: 0 })
    expect(await docket(['manifest', 'annotate', list, parts[1]!, '--arch', 'arm64'])).toMatchObject({ code: 0 })
    const pushed = await docket(['manifest', 'push', '--insecure', '-p', list])
    expect(pushed).toMatchObject({ code: 0, stderr: '' })
    expect(pushed.stdout).toMatch(/\nsha256:[0-9a-f]{64}\n$/)
    const shown = JSON.parse((await docket(['manifest', 'inspect', '--insecure', list])).stdout) as {
      manifests: { platform: { architecture: string } }[]
    }
    expect(shown.manifests.map(({ platform }) => platform.architecture).toSorted()).toEqual(['amd64', 'arm64'])
    expect(await docket(['pull', '-q', list])).toMatchObject({ code: 0 })
    await docket(['rmi', list])
    configure(plain)
    const refused = await docket(['manifest', 'inspect', '--insecure', list])
    expect(refused).toMatchObject({ code: 1, stderr: 'no basic auth credentials\n' })
  })
})

/** A password store of its own with a key of its own, behind Debian's helper, which runs in the root that the engines came in. */
function passStore(run: string): { bin: string } {
  const root = readFileSync(join(run, 'tools'), 'utf8').trim()
  const home = mkdtempSync(join(tmpdir(), 'docket-pass-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  const bin = join(home, 'bin')
  mkdirSync(bin)
  const inside = (command: string): string => `#!/bin/sh
exec unshare --mount --pid --fork --kill-child sh -c '
  mount --bind ${home} ${root}/tmp && mount --rbind /dev ${root}/dev && mount -t proc proc ${root}/proc &&
  exec chroot ${root} env -i PATH=/usr/bin:/bin HOME=/tmp GNUPGHOME=/tmp/gnupg ${command} "$@"' sh "$@"
`
  const script = (name: string, command: string): string => {
    const path = join(bin, name)
    writeFileSync(path, inside(command))
    chmodSync(path, 0o755)
    return path
  }
  mkdirSync(join(home, 'gnupg'), { mode: 0o700 })
  const key = ['--batch', '--passphrase', '', '--quick-generate-key', 'docket test', 'default', 'default', 'never']
  execFileSync(script('gpg', 'gpg'), key, { stdio: 'pipe', timeout: 30_000, killSignal: 'SIGKILL' })
  execFileSync(script('pass', 'pass'), ['init', 'docket test'], {
    stdio: 'pipe',
    timeout: 30_000,
    killSignal: 'SIGKILL',
  })
  script('docker-credential-pass', 'docker-credential-pass')
  return { bin }
}
