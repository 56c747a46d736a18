import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { temporaryFolder } from '../harness.ts'

/** What a whole program left, and the most memory it had. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly megabytes: number
}

export interface Running {
  readonly kill: (signal: NodeJS.Signals) => void
  readonly ended: Promise<Ended>
}

/**
 * Starts the program itself, as it was built, against `host`; `DOCKET_PROGRAM` names another one to compare with. One that has
 * not ended after `limit` milliseconds is killed, and `ended` rejects with what the kernel says it was doing.
 */
export function start(argv: readonly string[], host: string, limit = 50_000): Running {
  const env = { PATH: process.env['PATH'], HOME: temporaryFolder(), DOCKER_HOST: host, NODE_OPTIONS: '' }
  const other = process.env['DOCKET_PROGRAM']
  const [program, first] = other === undefined ? [process.execPath, ['--', 'bin/docket']] : [other, []]
  const child = spawn(program, [...first, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.stdout = (said.stdout + chunk.toString()).slice(-10_000)))
  child.stderr.on('data', (chunk: Buffer) => (said.stderr = (said.stderr + chunk.toString()).slice(-10_000)))
  let megabytes = 0
  const watch = setInterval(() => (megabytes = peak(child.pid) ?? megabytes), 10)
  const ended = new Promise<Ended>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(
        new Error(
          `${argv.join(' ')} has not ended after ${limit} ms: ${doing(child.pid)}; it said ${JSON.stringify(said)}`,
        ),
      )
      child.kill('SIGKILL')
    }, limit)
    child.on('close', (code, signal) => {
      clearInterval(watch)
      clearTimeout(late)
      resolve({ code, signal, ...said, megabytes })
    })
  })
  return { kill: (signal) => void child.kill(signal), ended }
}

// The kernel's own high-water mark, which no sample can miss but the last moment's.
function peak(pid: number | undefined): number | undefined {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'latin1')
    const found = /VmHWM:\s+(\d+) kB/.exec(status)?.[1]
    return found === undefined ? undefined : Number(found) / 1024
  } catch {
    return undefined
  }
}

// State, processor time in ticks, and the place in the kernel where it waits.
function doing(pid: number | undefined): string {
  try {
    const stat = fs
      .readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /, '')
      .split(' ')
    return `state ${stat[0]}, user ${stat[11]}, system ${stat[12]}, in ${fs.readFileSync(`/proc/${pid}/wchan`, 'latin1')}`
  } catch {
    return 'it is gone, but not what it has started'
  }
}
