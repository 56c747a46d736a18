import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { connect } from '../../src/connection/connect.ts'
import { endpointAt } from '../../src/connection/endpoint.ts'
import { run, type Outcome, type World } from '../harness.ts'
import { hostileEngine, type Plan } from './engine.ts'
import type { Fault, Verdict } from './fault.ts'
import type { Line } from './lines.ts'

/** What a command line left: its output, the files in its folder, and the requests it made. */
export interface Result extends Outcome {
  readonly files: ReadonlyMap<string, string>
  readonly requests: readonly string[]
  /** It had not ended by itself, nor, where it was interrupted, after that. */
  readonly hung: boolean
}

/** One fault in the answer to one of a command line's requests. */
export interface Case {
  readonly line: Line
  readonly over: 'unix' | 'tcp'
  readonly key: string
  readonly fault: Fault
  readonly verdict: Verdict
}

const TIMEOUT_MS = 10_000
/** With every other line at the same time, and all their modules still to be loaded. */
const FIRST_TIMEOUT_MS = 100_000
const SILENCE = 150

/** Runs a command line against an engine that answers well. */
export function healthy(line: Line, over: 'unix' | 'tcp'): Promise<Result> {
  return runLine(line, over)
}

/** Runs a command line against an engine that plays the case's fault. */
export function runCase({ line, over, key, fault, verdict }: Case): Promise<Result> {
  const abort = new AbortController()
  const play: Plan['play'] = ({ socket, good }) => {
    void Promise.resolve(fault.play(socket, good)).catch(() => undefined)
    if (verdict === 'waits') setTimeout(() => abort.abort(), SILENCE).unref()
  }
  return runLine(line, over, { key, early: fault.early === true, play }, abort)
}

async function runLine(line: Line, over: 'unix' | 'tcp', plan?: Plan, abort = new AbortController()): Promise<Result> {
  const engine = await hostileEngine(over, plan)
  const folder = line.files === undefined ? undefined : makeFolder(line.files)
  const ended = run(line.argv, worldOf(line, engine.host, folder, abort.signal))
  let late: NodeJS.Timeout | undefined
  const waited = new Promise<undefined>((resolve) => {
    late = setTimeout(() => resolve(undefined), plan === undefined ? FIRST_TIMEOUT_MS : TIMEOUT_MS)
  })
  const outcome = await Promise.race([ended, waited])
  clearTimeout(late)
  const files = folder === undefined ? new Map<string, string>() : filesIn(folder)
  if (outcome === undefined) abort.abort()
  engine.close()
  if (folder !== undefined) fs.rmSync(folder, { recursive: true, force: true })
  const left = outcome ?? { stdout: '', stderr: '', exitCode: -1 }
  if (folder !== undefined) left.stderr = left.stderr.replaceAll(folder, 'FOLDER')
  return { ...left, files, requests: engine.requests, hung: outcome === undefined }
}

function worldOf(line: Line, host: string, folder: string | undefined, signal: AbortSignal): World {
  const endpoint = () => Promise.resolve(endpointAt({ host, source: 'environment', contextName: 'default' }))
  const config = () => Promise.resolve({ data: {} })
  return {
    engine: { host, engine: () => connect({ env: {}, endpoint, config, platform: 'linux', now: () => new Date() }) },
    signal,
    now: new Date('2024-05-01T12:00:00Z'),
    ...(line.env === undefined ? {} : { env: { ...line.env } }),
    ...(line.stdin === undefined
      ? {}
      : { stdin: typeof line.stdin === 'string' ? line.stdin : Readable.from([line.stdin]) }),
    ...(line.terminal === true ? { terminal: true, stdinTerminal: true } : {}),
    ...(folder === undefined ? {} : { cwd: folder, configDir: path.join(folder, '.docker') }),
  }
}

function makeFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hostile-'))
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), content)
  }
  return folder
}

function filesIn(folder: string): Map<string, string> {
  const files = new Map<string, string>()
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const name = path.join(entry.parentPath, entry.name)
    files.set(path.relative(folder, name), fs.readFileSync(name, 'latin1'))
  }
  return files
}
