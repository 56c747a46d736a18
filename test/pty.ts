import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawn } from '@lydell/node-pty'
import { onTestFinished } from 'vitest'

/** A program under a pseudo-terminal of its own, driven by a test. */
export interface Terminal {
  /** Types keys. */
  write(keys: string): void
  /** Resolves with everything shown so far once `pattern` shows up after the last match; rejects after `limit` ms. */
  waitFor(pattern: RegExp | string, limit?: number): Promise<string>
  /** Everything shown so far. */
  shown(): string
  resize(columns: number, rows: number): void
  /** Reads no more of what the program writes, until `resume`. */
  pause(): void
  resume(): void
  /** Takes the terminal away, as when its window is closed. */
  hangUp(): void
  /** Sends a signal to the program. */
  kill(signal: NodeJS.Signals): void
  /** Resolves when the program ended: its exit code, and the terminal's modes before and after it (`stty -a`). */
  ended(limit?: number): Promise<{ code: number; before: string; after: string }>
}

/**
 * Starts `argv` under a pseudo-terminal, for the test that runs: nothing of it outlives the test. A small shell around it notes the terminal's modes before and after, which only
 * something that outlives the program on the same terminal can see.
 *
 * node-pty's build with binaries in the package is what drives it: it resizes (`script` cannot), gives bytes and exit
 * codes (tmux gives neither) and its one binary serves every Node from 20 on without a compiler.
 */
export function openTerminal(
  argv: string[],
  options: { columns?: number; rows?: number; env?: Record<string, string>; cwd?: string } = {},
): Terminal {
  const notes = mkdtempSync(join(tmpdir(), 'docket-pty-'))
  const script = 'trap : INT; stty -a >"$0/before"; "$@"; code=$?; stty -a >"$0/after"; exit $code'
  const decoder = new TextDecoder()
  let text = ''
  let matched = 0
  let code: number | undefined
  const watchers = new Set<() => void>()
  const wake = (): void => watchers.forEach((watcher) => watcher())

  const pty = spawn('sh', ['-c', script, notes, ...argv], {
    name: 'xterm-256color',
    cols: options.columns ?? 80,
    rows: options.rows ?? 24,
    cwd: options.cwd ?? process.cwd(),
    env: options.env ?? (process.env as Record<string, string>),
    encoding: null,
  })
  pty.onData((chunk) => {
    text += decoder.decode(chunk as unknown as Buffer, { stream: true })
    wake()
  })
  pty.onExit(({ exitCode, signal }) => {
    code = signal ? 128 + signal : exitCode
    wake()
  })

  onTestFinished(() => {
    if (code === undefined) pty.kill('SIGKILL')
    rmSync(notes, { recursive: true })
  })

  /** Resolves with what `look` returns once that is something. */
  const until = <T>(what: string, limit: number, look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer)
        watchers.delete(check)
      }
      const check = (): void => {
        const found = look()
        if (found === undefined) return
        done()
        resolve(found)
      }
      const timer = setTimeout(() => {
        done()
        reject(new Error(`${what} did not come within ${limit} ms; shown:\n${JSON.stringify(text)}`))
      }, limit)
      watchers.add(check)
      check()
    })

  return {
    write: (keys) => pty.write(keys),
    shown: () => text,
    resize: (columns, rows) => pty.resize(columns, rows),
    pause: () => pty.pause(),
    resume: () => pty.resume(),
    hangUp: () => (pty as unknown as { destroy(): void }).destroy(),
    kill(signal) {
      // The shell's only child.
      const children = readFileSync(`/proc/${pty.pid}/task/${pty.pid}/children`, 'utf8')
      process.kill(Number(children.trim()), signal)
    },
    waitFor: (pattern, limit = 10_000) =>
      until(String(pattern), limit, () => {
        const rest = text.slice(matched)
        const found = typeof pattern === 'string' ? rest.indexOf(pattern) : rest.search(pattern)
        if (found === -1) return undefined
        const length = typeof pattern === 'string' ? pattern.length : (pattern.exec(rest)?.[0].length ?? 0)
        matched += found + length
        return text
      }),
    async ended(limit = 20_000) {
      const exit = await until('the end', limit, () => code)
      const note = (name: string): string => readFileSync(join(notes, name), 'utf8')
      return { code: exit, before: note('before'), after: note('after') }
    },
  }
}
