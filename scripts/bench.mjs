// usage: bench.mjs [--runs N] [--only WORD] [--size MIB] [--lines N] [--files N] [--reference PATH] [--program PATH] [--folder PATH]
//   [--json]
// Times docket beside another docker client, the `docker` on PATH or --reference, and beside `node -e 0`: medians of runs that take
// turns, so that what else the machine does falls on all. What is asked is a daemon that costs next to nothing (bench/daemon.mjs).
// --program is docket's binary, timed in the place of docket on Node. --only takes rows whose name or title has the word; `scale` and
// `keys` run by --only alone, what they need takes long.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { compare } from './bench/measure.mjs'
import { table } from './bench/table.mjs'
import { classicBuilds, copies, lists, startUp, streams } from './bench/rows.mjs'

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    only: { type: 'string', default: '' },
    size: { type: 'string', default: '1024' },
    lines: { type: 'string', default: '5000000' },
    files: { type: 'string', default: '50000' },
    reference: { type: 'string' },
    folder: { type: 'string', default: os.tmpdir() },
    program: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const here = import.meta.dirname
const docket = given.program ? [path.resolve(given.program)] : [process.execPath, path.join(here, '../bin/docket')]
const reference = given.reference ?? findReference()
const folder = fs.mkdtempSync(path.join(given.folder, 'docket-bench-'))
const socket = path.join(folder, 'docker.sock')

// A file of root certificates slows every start of Node 20 down; no run here needs it.
const env = {
  PATH: process.env.PATH,
  HOME: folder,
  DOCKER_CONFIG: folder,
  DOCKER_HOST: `unix://${socket}`,
  TERM: 'dumb',
}
fs.writeFileSync(path.join(folder, 'config.json'), '{}')

const daemon = spawn(process.execPath, [path.join(here, 'bench/daemon.mjs'), socket], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  await once(daemon.stdout, 'data')
  const sizes = {
    folder,
    size: given.size * 2 ** 20,
    label: `${given.size} MiB`,
    lines: given.lines,
    files: given.files,
  }
  if (given.only === 'scale') await (await import('./bench/scale.mjs')).scale({ docket, env, folder, json: given.json })
  else if (given.only === 'keys')
    await (await import('./bench/keys.mjs')).keys({ docket, reference, env, json: given.json })
  else {
    for (const make of [startUp, lists, streams, copies, classicBuilds]) await run(make(sizes))
  }
} finally {
  daemon.kill()
  fs.rmSync(folder, { recursive: true })
}

async function run({ title, rows }) {
  const measured = []
  for (const row of rows.filter(({ name }) => `${title} ${name}`.includes(given.only))) {
    row.make?.()
    const contenders = { docket: [...docket, ...row.args] }
    if (row.node) contenders.node = [process.execPath, '-e', '0']
    if (row.floor) contenders.reader = [process.execPath, path.join(here, 'bench/reader.mjs'), socket, row.floor]
    if (reference) contenders.reference = [reference, ...row.args]
    const runs = row.few ? Math.max(3, Math.round(given.runs / 4)) : Number(given.runs)
    const figures = await compare(contenders, { ...row, env: { ...env, ...row.env }, runs })
    measured.push({ ...row, title, runs, figures })
    if (given.json) console.log(JSON.stringify({ title, name: row.name, runs, aim: row.aim, figures }))
  }
  if (!given.json && measured.length > 0) console.log(table(title, measured))
}

/** The first `docker` on PATH that is not docket itself. */
function findReference() {
  for (const place of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(place, 'docker')
    if (fs.existsSync(file) && !fs.realpathSync(file).endsWith('docket')) return file
  }
  return undefined
}
