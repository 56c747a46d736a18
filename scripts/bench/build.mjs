// usage: bench/build.mjs [--runs N] [--host HOST] [--reference PATH] [--only WORD]
// Times builds by BuildKit: docket beside buildx, in turn, on a real engine of their own kind of cache. Without --host, the tests' Docker
// 28 is started for it (root on a Linux with Debian's apt-get), whose packages have a buildx, too. The builder's cache is emptied before
// what is built with nothing cached: never give it an engine whose cache is worth anything.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    host: { type: 'string' },
    reference: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
const root = path.join(import.meta.dirname, '../..')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-bench-'))
const engine = given.host ? { host: given.host, stop: () => undefined } : await startEngine()
const buildx = given.reference ?? engine.buildx
const contenders = {
  docket: { command: [process.execPath, path.join(root, 'bin/docket'), 'build'], env: ownFolders('docket') },
  buildx: { command: [buildx, 'build'], env: ownFolders('buildx') },
}
let version = 0
/** All of the context crosses, and nothing is done with it: what the engine's own copying takes would hide what clients take. */
const takeAll = 'FROM busybox\nRUN --mount=type=bind,target=/context true\n'

/** Each: a name, the context, what is done before each build, and flags. */
const rows = [
  { name: '50,000 small files, nothing cached', make: makeSmall, before: forgetAll },
  { name: '50,000 small files, one changed', make: makeSmall, before: changeOne },
  { name: '50,000 small files, all cached', make: makeSmall },
  { name: 'one file of 1 GiB, nothing cached', make: makeLarge, before: forgetAll },
  { name: 'ten steps, all cached', make: makeSteps },
]

try {
  const wanted = rows.filter(({ name }) => name.includes(given.only))
  const measured = wanted.map((row) => [row.name, measure(row)])
  console.log(`\nbuilds by BuildKit; medians of ${given.runs}, ms, and docket's as a multiple`)
  const line = (cells) => console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(38) : cell.padStart(9))).join(''))
  line(['', 'wall', 'buildx', '', 'CPU', 'buildx', ''])
  for (const [name, { docket, buildx: other }] of measured) {
    const pair = (kind) => [
      docket[kind].toFixed(0),
      other[kind].toFixed(0),
      `${(docket[kind] / other[kind]).toFixed(2)}x`,
    ]
    line([name, ...pair('wall'), ...pair('cpu')])
  }
} finally {
  await engine.stop()
  fs.rmSync(folder, { recursive: true })
}

/** Builds in turn, after one build of each that does not count, and gives each one's medians. */
function measure({ make, before }) {
  const context = make()
  const taken = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let round = -1; round < Number(given.runs); round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      before?.(context)
      const took = timed(contender, ['-q', '-t', 'docket-bench', context])
      if (round >= 0) taken[name].push(took)
    }
  }
  const medians = (list) => ({ wall: median(list.map(({ wall }) => wall)), cpu: median(list.map(({ cpu }) => cpu)) })
  return Object.fromEntries(Object.entries(taken).map(([name, list]) => [name, medians(list)]))
}

function timed({ command, env }, args) {
  const began = process.hrtime.bigint()
  // The shell says what the program took of the processor, user and system, which Node does not tell of its children.
  const script = '"$@" >/dev/null; s=$?; times >&3; exit $s'
  const { status, stderr, output } = spawnSync('sh', ['-c', script, 'sh', ...command, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  })
  const wall = Number(process.hrtime.bigint() - began) / 1e6
  if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`)
  const children = output[3].trim().split('\n').at(-1)
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(([, minutes, seconds]) => minutes * 6e4 + seconds * 1e3)
  return { wall, cpu: parts.reduce((sum, part) => sum + part, 0) }
}

/** Folders of its own for each, so that the builder takes them for two machines. */
function ownFolders(name) {
  const home = path.join(folder, name)
  fs.mkdirSync(home, { recursive: true })
  fs.writeFileSync(path.join(home, 'config.json'), '{}')
  // A file of root certificates slows every start of Node 20 down; no run here needs it.
  return { PATH: process.env.PATH, HOME: home, DOCKER_CONFIG: home, BUILDX_CONFIG: home, DOCKER_HOST: engine.host }
}

function forgetAll() {
  const { command, env } = contenders.docket
  for (const args of [
    ['rmi', '-f', 'docket-bench'],
    ['builder', 'prune', '-af'],
  ]) {
    spawnSync(command[0], [command[1], ...args], { env, stdio: 'ignore' })
  }
}

function changeOne(context) {
  fs.writeFileSync(path.join(context, 'd7/f7'), `version ${version++}`)
}

/** A context of 500 folders with 100 files each, from 200 bytes to 3 kB. */
function makeSmall() {
  const context = path.join(folder, 'small')
  for (let i = 0; i < 500 && !fs.existsSync(path.join(context, 'd499/f99')); i++) {
    fs.mkdirSync(path.join(context, `d${i}`), { recursive: true })
    for (let j = 0; j < 100; j++) {
      fs.writeFileSync(path.join(context, `d${i}`, `f${j}`), 'x'.repeat(200 + ((j * 37) % 3000)))
    }
  }
  fs.writeFileSync(path.join(context, 'Dockerfile'), takeAll)
  return context
}

function makeLarge() {
  const context = path.join(folder, 'large')
  fs.mkdirSync(context)
  fs.writeFileSync(path.join(context, 'Dockerfile'), takeAll)
  const file = fs.openSync(path.join(context, 'data'), 'w')
  for (let i = 0; i < 1024; i++) fs.writeSync(file, Buffer.alloc(1 << 20, i))
  fs.closeSync(file)
  return context
}

function makeSteps() {
  const context = path.join(folder, 'steps')
  fs.mkdirSync(context)
  const steps = Array.from({ length: 10 }, (_, i) => `COPY Dockerfile /copy-${i}\n`)
  fs.writeFileSync(path.join(context, 'Dockerfile'), `FROM scratch\n${steps.join('')}`)
  return context
}

/** Starts the tests' newest Docker, and finds the buildx of its packages. */
async function startEngine() {
  const engines = path.join(root, 'test/engines')
  const load = async (name) => {
    const outfile = path.join(folder, `${name}.mjs`)
    const define = { 'import.meta.dirname': JSON.stringify(engines) }
    await build({
      entryPoints: [path.join(engines, `${name}.ts`)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      define,
    })
    return import(outfile)
  }
  const { declared } = await load('declared')
  const { startTestbed } = await load('testbed')
  const { testbed, stop } = await startTestbed(declared.filter(({ name }) => name === 'docker-28'))
  const packages = fs.readFileSync(path.join(testbed.folder, 'sandboxes/docker-28/root'), 'utf8').trim()
  return {
    host: testbed.engines[0].host,
    buildx: path.join(packages, 'usr/libexec/docker/cli-plugins/docker-buildx'),
    stop,
  }
}

function median(list) {
  const sorted = list.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
}
