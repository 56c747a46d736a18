// usage: bench.mjs [--runs N] [--reference PATH] [--host HOST] [--only WORD]
// Times docket beside `node -e 0` (start-up) and, where there is one, beside another docker client: the `docker` on PATH or
// --reference. Runs alternate, so that what else the machine does falls on all; a table of medians and ratios is printed.
// Against a daemon that only speaks (bench-daemon.mjs), and with --host (or DOCKER_HOST) against a real one that has busybox.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '20' },
    reference: { type: 'string' },
    host: { type: 'string', default: process.env.DOCKER_HOST },
    only: { type: 'string', default: '' },
  },
})
const here = import.meta.dirname
const docket = [process.execPath, path.join(here, '../bin/docket')]
const reference = given.reference ?? findReference()
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-bench-'))
const big = path.join(folder, '64MiB')
fs.writeFileSync(big, Buffer.alloc(64 << 20, 'docket '))

// A file of root certificates slows every start of Node 20 down; no run here needs it.
const env = { PATH: process.env.PATH, HOME: folder, DOCKER_CONFIG: folder, TERM: 'dumb' }
fs.writeFileSync(path.join(folder, 'config.json'), '{}')

/** Each: a name, arguments, and what is piped in; `floor` pairs it with Node's own start. */
const startUp = [
  { name: '--version', args: ['--version'], floor: true },
  { name: '--help', args: ['--help'], floor: true },
  { name: 'ps', args: ['ps'], floor: true },
  { name: 'run --rm', args: ['run', '--rm', 'busybox', 'true'], floor: true },
]
/** Contexts for the classic builder; made when they are needed. */
const builds = [
  { name: 'build, 50,000 small files', args: ['build', path.join(folder, 'small')], make: () => makeSmall('small') },
  { name: 'build, one file of 1 GiB', args: ['build', path.join(folder, 'large')], make: () => makeLarge('large') },
]
const streams = [
  { name: 'logs, 200,000 lines', args: ['logs', 'bench'] },
  { name: 'save, 256 MiB', args: ['save', 'busybox'] },
  { name: 'run -i cat, 64 MiB', args: ['run', '-i', '--rm', 'busybox', 'cat'], input: big },
]

const daemon = spawn(process.execPath, [path.join(here, 'bench-daemon.mjs'), path.join(folder, 'docker.sock')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  await once(daemon.stdout, 'data')
  const runs = Number(given.runs)
  const few = Math.max(3, Math.round(runs / 4))
  const quiet = `unix://${path.join(folder, 'docker.sock')}`
  print('start-up, a daemon that only speaks', quiet, startUp, runs)
  print('streams, a daemon that only speaks', quiet, streams, few)
  print('builds, a daemon that only speaks', quiet, builds, few)
  if (given.host) {
    print(`a real engine (${given.host})`, given.host, startUp.slice(2), few)
    print('streams, a real engine', given.host, realStreams(given.host), few)
    spawnSync(docket[0], [docket[1], 'rm', '-f', 'docket-bench'], { env: { ...env, DOCKER_HOST: given.host } })
  }
} finally {
  daemon.kill()
  fs.rmSync(folder, { recursive: true })
}

/** Prepares a container with long logs on the real engine. */
function realStreams(host) {
  const args = ['run', '--name', 'docket-bench', 'busybox', 'sh', '-c', 'yes "$(seq -s " " 40)" | head -n 200000']
  const made = spawnSync(docket[0], [docket[1], ...args], { env: { ...env, DOCKER_HOST: host }, stdio: 'ignore' })
  const list = [streams[2]]
  if (made.status === 0) list.unshift({ name: 'logs, 200,000 lines', args: ['logs', 'docket-bench'] })
  return list
}

/** A context of 500 folders with 100 files each. */
function makeSmall(name) {
  for (let i = 0; i < 500; i++) {
    fs.mkdirSync(path.join(folder, name, `d${i}`), { recursive: true })
    for (let j = 0; j < 100; j++) {
      fs.writeFileSync(path.join(folder, name, `d${i}`, `f${j}`), 'x'.repeat(200 + ((j * 37) % 3000)))
    }
  }
  fs.writeFileSync(path.join(folder, name, 'Dockerfile'), 'FROM scratch')
}

function makeLarge(name) {
  fs.mkdirSync(path.join(folder, name))
  fs.writeFileSync(path.join(folder, name, 'Dockerfile'), 'FROM scratch')
  const file = fs.openSync(path.join(folder, name, 'data'), 'w')
  for (let i = 0; i < 1024; i++) fs.writeSync(file, Buffer.alloc(1 << 20, i))
  fs.closeSync(file)
}

function print(title, host, cases, runs) {
  const rows = []
  for (const { name, args, input, floor, make } of cases.filter((one) => one.name.includes(given.only))) {
    make?.()
    const contenders = { docket: [...docket, ...args] }
    if (floor) contenders.node = [process.execPath, '-e', '0']
    if (reference) contenders.reference = [reference, ...args]
    const { wall, cpu } = medians(contenders, { host, input, runs })
    const row = (label, { docket: ours, node, reference: theirs }) => {
      const compared = (other) => (other === undefined ? '' : `${other.toFixed(1)}  ${(ours / other).toFixed(2)}x`)
      rows.push([label, ours.toFixed(1), compared(node), compared(theirs)])
    }
    row(name, wall)
    if (make) row(`${name}, CPU`, cpu)
  }
  if (rows.length === 0) return
  console.log(`\n${title}; medians of ${runs}, ms, and docket's time as a multiple`)
  const header = ['', 'docket', 'node -e 0', reference ? path.basename(reference) : '']
  const widths = header.map((word, i) => Math.max(word.length, ...rows.map((row) => row[i].length)))
  for (const row of [header, ...rows]) {
    console.log(
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
        .join('   ')
        .trimEnd(),
    )
  }
}

/** Runs the contenders in turn, `runs` times after one that does not count, and gives each one's wall and CPU time; a run that fails is an error. */
function medians(contenders, { host, input, runs }) {
  const wall = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  const cpu = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let round = -1; round < runs; round++) {
    for (const [name, command] of Object.entries(contenders)) {
      const took = timed(command, host, input)
      if (round < 0) continue
      wall[name].push(took.wall)
      cpu[name].push(took.cpu)
    }
  }
  const each = (times) => Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]))
  return { wall: each(wall), cpu: each(cpu) }
}

function timed([file, ...args], host, input) {
  const stdin = input ? fs.openSync(input, 'r') : 'ignore'
  const began = process.hrtime.bigint()
  // The shell says what the program took of the processor, which Node does not tell of its children.
  const { status, stderr, output } = spawnSync('sh', ['-c', '"$@"; s=$?; times >&3; exit $s', 'sh', file, ...args], {
    env: { ...env, DOCKER_HOST: host, DOCKER_BUILDKIT: '0' },
    stdio: [stdin, 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  const wall = Number(process.hrtime.bigint() - began) / 1e6
  if (input) fs.closeSync(stdin)
  if (status !== 0) throw new Error(`${[path.basename(file), ...args].join(' ')} ended with ${status}: ${stderr}`)
  const children = output[3]
    .trim()
    .split('\n')
    .at(-1)
    .match(/(\d+)m([\d.]+)s/g)
  const cpu = children.reduce(
    (sum, text) => sum + Number(text.split('m')[0]) * 60e3 + parseFloat(text.split('m')[1]) * 1e3,
    0,
  )
  return { wall, cpu }
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
}

/** The first `docker` on PATH that is not docket itself. */
function findReference() {
  for (const place of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(place, 'docker')
    if (fs.existsSync(file) && !fs.realpathSync(file).endsWith('docket')) return file
  }
  return undefined
}
