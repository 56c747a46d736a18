import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, test } from 'vitest'
import { unsupportedReason } from '../engines/testbed.ts'
import { fakeEngine } from '../fake-engine.ts'
import { temporaryFolder } from '../harness.ts'
import { programArgv } from '../program.ts'
import { openTerminal, type Terminal } from '../pty.ts'

const shells = {
  bash: { argv: ['bash', '--norc', '--noprofile', '-i'], load: 'source <(docket completion bash)' },
  zsh: { argv: ['zsh', '-f', '-i'], load: 'autoload -U compinit; compinit -u; source <(docket completion zsh)' },
  fish: { argv: ['fish', '--no-config', '-i'], load: 'docket completion fish | source' },
}

// It installs what is missing as root; PowerShell is in none of Debian's packages.
describe.skipIf(unsupportedReason() !== undefined)('completion in a real shell', () => {
  beforeAll(() => {
    const missing = Object.keys(shells).filter((name) => spawnSync('which', [name]).status !== 0)
    if (missing.length === 0) return
    execFileSync('apt-get', ['update', '-qq'])
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], { stdio: 'ignore' })
  }, 300_000)

  /** The shell with docket on its path and its completion loaded, in a folder with a file and a folder. */
  async function start(name: keyof typeof shells, host = 'unix:///nowhere.sock'): Promise<Terminal> {
    const folder = temporaryFolder()
    const bin = path.join(folder, 'bin')
    const work = path.join(folder, 'work')
    mkdirSync(bin)
    mkdirSync(path.join(work, 'directory'), { recursive: true })
    writeFileSync(path.join(work, 'archive.tar'), '')
    writeFileSync(path.join(bin, 'docket'), `#!/bin/sh\nexec ${programArgv().join(' ')} "$@"\n`)
    chmodSync(path.join(bin, 'docket'), 0o755)
    const { argv, load } = shells[name]
    const PATH = `${bin}:${process.env['PATH']}`
    const env = { PATH, HOME: folder, HISTFILE: '/dev/null', TERM: 'xterm', DOCKER_HOST: host, PS1: '> ' }
    const terminal = openTerminal(argv, { cwd: work, env, columns: 120 })
    terminal.write(`${load}; echo lo''aded\r`)
    await terminal.waitFor(/loaded\r?\n/, 30_000)
    return terminal
  }

  /** Types the beginning of a line and a tab, waits until the rest of the word stands there, and takes the line back. */
  async function completed(terminal: Terminal, typed: string, rest: string): Promise<void> {
    terminal.write(`${typed}\t`)
    await terminal.waitFor(rest, 20_000)
    terminal.write('\u0015')
  }

  test.each(Object.keys(shells) as (keyof typeof shells)[])(
    '%s completes commands, flags, values and files',
    async (name) => {
      const engine = await fakeEngine({
        'GET /containers/json': { json: [{ Id: 'c1', Names: ['/webserver'], State: 'running' }] },
      })
      const terminal = await start(name, engine.host)
      await completed(terminal, 'docket unpau', 'se')
      await completed(terminal, 'docket ps --no-tr', 'unc')
      await completed(terminal, 'docket run --pull mis', 'sing')
      await completed(terminal, 'docket run --security-opt lab', 'el=')
      await completed(terminal, 'docket logs webs', 'erver')
      await completed(terminal, 'docket load -i arch', 'ive.tar')
      await completed(terminal, 'docket build dir', 'ectory')
    },
  )
})
