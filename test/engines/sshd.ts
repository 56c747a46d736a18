import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A real sshd on a loopback port, with throw-away keys, and an `ssh` that knows them. */
export interface Sshd {
  port: number
  folder: string
  /** What docket needs in its environment: a PATH with our `ssh` first, a folder for its sockets. */
  env: Record<string, string>
  /** Puts a program into the only folder of the far side's PATH. */
  install: (name: string, script: string) => void
  /** Takes it away again. */
  uninstall: (name: string) => void
  /** Adds lines to the near side's ssh configuration; gives what takes them back. */
  configure: (lines: string) => () => void
  /** How many connections have been accepted so far. */
  connections: () => number
  /** The near side's ssh processes, as `pid command line`. */
  clients: () => string[]
  stop: () => Promise<void>
}

/** Starts sshd from Debian's packages unpacked in `root`, in namespaces of its own that end with this process. */
export async function startSshd(root: string): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'docket-sshd-'))
  const near = join(folder, 'near')
  const far = join(folder, 'far')
  for (const made of [near, far, join(folder, 'sockets'), join(folder, 'empty')]) mkdirSync(made, { mode: 0o700 })
  const run = loader(root)
  for (const name of ['host-key', 'user-key', 'foreign-key']) {
    execFileSync(run[0] ?? '', [
      ...run.slice(1),
      `${root}/usr/bin/ssh-keygen`,
      '-qt',
      'ed25519',
      '-N',
      '',
      '-f',
      join(folder, name),
    ])
  }
  const port = await freePort()
  writeFileSync(
    join(folder, 'known_hosts'),
    `[127.0.0.1]:${port} ${readFileSync(join(folder, 'host-key.pub'), 'utf8')}`,
  )
  writeFileSync(join(folder, 'sshd_config'), daemonConfig(folder, far, port))
  const config = join(folder, 'ssh_config')
  writeFileSync(config, clientConfig(folder))
  script(join(near, 'ssh'), `exec ${run.join(' ')} ${root}/usr/bin/ssh -F ${config} "$@"`)
  for (const name of ['cat', 'sh']) script(join(far, name), `exec /bin/${name} "$@"`)

  // Privileges are separated by an account that this system may lack.
  const account = 'sshd:x:65533:65534::/nonexistent:/usr/sbin/nologin'
  const passwd = readFileSync('/etc/passwd', 'utf8').replace(/^sshd:.*\n/m, '')
  writeFileSync(join(folder, 'passwd'), `${passwd}${account}\n`, { mode: 0o644 })
  const start = `mount --bind ${folder}/passwd /etc/passwd; mkdir -p /run/sshd; chmod 755 /run/sshd
exec ${run.join(' ')} ${root}/usr/sbin/sshd -D -e -r -f ${folder}/sshd_config`
  const log = join(folder, 'log')
  const daemon = spawn(
    'setpriv',
    [
      '--pdeathsig',
      'KILL',
      'unshare',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child=KILL',
      '--mount-proc',
      'sh',
      '-c',
      start,
    ],
    { stdio: ['ignore', 'ignore', openSync(log, 'a')] },
  )
  const words = (): string => readFileSync(log, 'utf8')
  const stop = async (): Promise<void> => {
    if (daemon.exitCode === null && daemon.signalCode === null) {
      daemon.kill('SIGKILL')
      await once(daemon, 'exit')
    }
    rmSync(folder, { recursive: true, force: true })
  }
  for (let tries = 100; !words().includes('Server listening'); tries--) {
    if (tries === 0 || daemon.exitCode !== null) {
      const said = words()
      await stop()
      throw new Error(`sshd did not start:\n${said}`)
    }
    await sleep(50)
  }
  return {
    port,
    folder,
    env: { PATH: `${near}:${process.env['PATH'] ?? ''}`, XDG_RUNTIME_DIR: join(folder, 'sockets') },
    install: (name, text) => script(join(far, name), text),
    uninstall: (name) => rmSync(join(far, name), { force: true }),
    configure: (lines) => {
      const before = readFileSync(config, 'utf8')
      writeFileSync(config, `${lines}\n${before}`)
      return () => writeFileSync(config, before)
    },
    connections: () => words().split('Accepted publickey').length - 1,
    clients: () => clients(folder),
    stop,
  }
}

function daemonConfig(folder: string, far: string, port: number): string {
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host-key
AuthorizedKeysFile ${folder}/user-key.pub
PidFile none
UsePAM no
StrictModes no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
LogLevel VERBOSE
SetEnv PATH=${far}
`
}

function clientConfig(folder: string): string {
  return `Host *
  IdentityFile ${folder}/user-key
  IdentitiesOnly yes
  UserKnownHostsFile ${folder}/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
`
}

/** The dynamic loader of the unpacked system, so that its programs run on its own libraries. */
function loader(root: string): string[] {
  for (const folder of ['lib64', 'lib']) {
    const name = readdirSync(join(root, folder)).find((entry) => /^ld-linux.*\.so/.test(entry))
    const triple = readdirSync(join(root, 'usr/lib')).find((entry) => entry.endsWith('-linux-gnu'))
    if (name !== undefined) return [join(root, folder, name), '--library-path', join(root, 'usr/lib', triple ?? '')]
  }
  throw new Error(`no dynamic loader in ${root}`)
}

function clients(folder: string): string[] {
  const found: string[] = []
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (['near/ssh', 'ssh_config', 'sockets'].some((name) => line.includes(`${folder}/${name}`)))
        found.push(`${pid} ${line}`)
    } catch {
      continue
    }
  }
  return found
}

function script(file: string, text: string): void {
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
