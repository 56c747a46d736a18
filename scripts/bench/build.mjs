// usage: bench/build.mjs [--runs N] [--only WORD] [--host HOST] [--reference PATH] [--program PATH]
// Times builds by BuildKit beside buildx on a real engine, in turn. Without --host, the tests' Docker 28 is started for it (root on a
// Linux with Debian's apt-get), whose packages have a buildx, too. What is to be built anew finds the builder's cache emptied: never
// give it an engine whose cache is worth anything. --program is docket's binary, timed in the place of docket on Node.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEngine } from './engine.mjs'
import { compare } from './measure.mjs'
import { table } from './table.mjs'

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    host: { type: 'string' },
    reference: { type: 'string', default: 'docker-buildx' },
    program: { type: 'string' },
  },
})
const root = path.join(import.meta.dirname, '../..')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-bench-'))
const engine = given.host
  ? { host: given.host, buildx: given.reference, stop: () => undefined }
  : await startEngine('docker-28', folder)
const env = { PATH: process.env.PATH, DOCKER_HOST: engine.host }
const program = given.program ? [path.resolve(given.program)] : [process.execPath, path.join(root, 'bin/docket')]
const docket = [...ownFolder('docket'), ...program]
const contenders = { docket, reference: [...ownFolder('buildx'), engine.buildx] }

/** All of the context crosses, and nothing is done with it: what the engine's own copying takes would hide what clients take. */
const takeAll = 'FROM busybox\nRUN --mount=type=bind,target=/context true\n'
const rows = [
  { name: '50,000 small files, nothing cached', make: makeSmall, before: forgetAll },
  { name: '50,000 small files, one changed', make: makeSmall, before: changeOne },
  { name: '50,000 small files, all cached', make: makeSmall },
  { name: 'one file of 1 GiB, nothing cached', make: makeLarge, before: forgetAll },
  { name: 'ten steps, all cached', make: makeSteps },
]

try {
  const measured = []
  for (const { name, make, before } of rows.filter((row) => row.name.includes(given.only))) {
    const args = ['build', '-q', '-t', 'docket-bench', make()]
    const commands = Object.entries(contenders).map(([who, program]) => [who, [...program, ...args]])
    const figures = await compare(Object.fromEntries(commands), { env, before, runs: Number(given.runs) })
    measured.push({ name, figures, aim: { wall: 1, cpu: 1 } })
  }
  console.log(table('builds by BuildKit', measured))
} finally {
  await engine.stop()
  fs.rmSync(folder, { recursive: true })
}

/** What starts a program with a configuration of its own: the builder takes the two clients for two machines. */
function ownFolder(name) {
  const home = path.join(folder, name)
  fs.mkdirSync(home, { recursive: true })
  fs.writeFileSync(path.join(home, 'config.json'), '{}')
  return ['env', ...['HOME', 'DOCKER_CONFIG', 'BUILDX_CONFIG'].map((variable) => `${variable}=${home}`)]
}

function forgetAll() {
  for (const args of ['rmi -f docket-bench', 'builder prune -af']) {
    spawnSync(docket[0], [...docket.slice(1), ...args.split(' ')], { env, stdio: 'ignore' })
  }
}

function changeOne() {
  fs.writeFileSync(path.join(folder, 'small/d7/f7'), `changed at ${performance.now()}`)
}

/** A context of 500 folders with 100 files each, from 200 bytes to 3 kB. */
function makeSmall() {
  const context = path.join(folder, 'small')
  if (fs.existsSync(context)) return context
  for (let i = 0; i < 500; i++) {
    fs.mkdirSync(path.join(context, `d${i}`), { recursive: true })
    for (let j = 0; j < 100; j++) {
      fs.writeFileSync(path.join(context, `d${i}/f${j}`), 'x'.repeat(200 + ((j * 37) % 3000)))
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
