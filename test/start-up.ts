import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { builtArgv, programEnv } from './program.ts'
import { temporaryFolder } from './harness.ts'

/** What a run of the built program has loaded. */
export interface Loaded {
  /** The files of dist/, in order. */
  readonly chunks: readonly string[]
  /** Node's own modules beyond those that any program has. */
  readonly modules: readonly string[]
}

/** Told by a module that Node loads before the program. */
const hook = `const fs = require('fs'), path = require('path')
const before = new Set(process.moduleLoadList)
const { openSync, readFileSync } = fs
const told = new Set()
const tell = (file) => {
  const name = /[\\\\/]dist[\\\\/]([^\\\\/]+)$/.exec(String(file))?.[1]
  if (name && !told.has(name)) process._rawDebug('LOADED ' + name)
  told.add(name)
}
fs.openSync = (file, ...rest) => (tell(file), openSync(file, ...rest))
fs.readFileSync = (file, ...rest) => (tell(file), readFileSync(file, ...rest))
process.on('exit', () => {
  for (const name of process.moduleLoadList) {
    if (!before.has(name) && name.startsWith('NativeModule ')) process._rawDebug('MODULE ' + name.slice(13))
  }
})`

/** Runs the built program against `host` and gives what it loaded; what it said and whether it failed does not matter. */
export async function loadedBy(argv: readonly string[], host = ''): Promise<Loaded> {
  const file = path.join(temporaryFolder(), 'hook.cjs')
  fs.writeFileSync(file, hook)
  const [node = '', ...program] = builtArgv()
  const child = spawn(node, ['-r', file, ...program, ...argv], {
    // Node's pipes are sockets, which take a stream to be written to without blocking.
    stdio: ['ignore', 'ignore', 'pipe'],
    env: programEnv(host),
  })
  let stderr = ''
  for await (const text of child.stderr.setEncoding('utf8')) stderr += text as string
  const named = (kind: string): string[] =>
    [...stderr.matchAll(new RegExp(`^${kind} (.+)$`, 'gm'))].map(([, name]) => name!)
  return { chunks: named('LOADED'), modules: named('MODULE') }
}
