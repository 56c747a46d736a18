// usage: bench/real.mjs [--runs N] [--only WORD] [--engine NAME] [--reference PATH] [--folder PATH]
// Times streams beside another docker client on a real engine, one of the tests', in turn (root on a Linux with Debian's apt-get).
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startEngine } from './engine.mjs'
import { compare } from './measure.mjs'
import { fill, plant } from './rows.mjs'
import { table } from './table.mjs'

const { values: given } = parseArgs({
  options: {
    runs: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    engine: { type: 'string', default: 'docker-20' },
    reference: { type: 'string', default: 'docker' },
    folder: { type: 'string', default: os.tmpdir() },
  },
})
const folder = fs.mkdtempSync(path.join(given.folder, 'docket-bench-'))
const [input, image, tree, out] = ['input', 'image', 'tree', 'out'].map((name) => path.join(folder, name))
const docket = [process.execPath, path.join(import.meta.dirname, '../../bin/docket')]
const engine = await startEngine(given.engine, folder)
fs.writeFileSync(path.join(folder, 'config.json'), '{}')
const env = { PATH: process.env.PATH, HOME: folder, DOCKER_CONFIG: folder, DOCKER_HOST: engine.host }

const aim = { wall: 0.9, cpu: 1 }
const level = { wall: 1, cpu: 1 }
const before = () => fs.rmSync(out, { recursive: true, force: true })
const rows = [
  { name: 'save, 512 MiB', line: 'save bench', aim },
  { name: 'save, 512 MiB, to a pipe', line: 'save bench', pipe: true, aim },
  { name: 'export, 512 MiB', line: 'export box', aim },
  { name: 'load, 512 MiB', line: `load -i ${image}`, aim },
  { name: 'logs, 1 million lines', line: 'logs lines', aim: { wall: 0.8, cpu: 0.5 } },
  { name: 'run -i, 256 MiB echoed', line: 'run -i --rm --network none busybox cat', input, aim: level },
  { name: 'exec -i, 256 MiB echoed', line: 'exec -i box cat', input, aim: level },
  { name: 'cp in, 20,000 files', line: `cp -q ${tree} box:/tmp/in`, aim: { wall: 0.7, cpu: 0.7 } },
  { name: 'cp out, 20,000 files', line: `cp -q box:/tmp/in ${out}`, before, aim: { wall: 0.7, cpu: 0.7 } },
  { name: 'cp out, 512 MiB', line: `cp -q box:/data ${out}`, before, aim: { wall: 1, cpu: 0.7 } },
]

try {
  prepare()
  const measured = []
  for (const { line, ...row } of rows.filter(({ name }) => name.includes(given.only))) {
    const args = line.split(' ')
    const contenders = { docket: [...docket, ...args], reference: [given.reference, ...args] }
    const figures = await compare(contenders, { env, ...row, runs: Number(given.runs) })
    measured.push({ ...row, figures })
  }
  console.log(table(`on ${given.engine}`, measured))
} finally {
  await engine.stop()
  fs.rmSync(folder, { recursive: true })
}

/** A container with a file of 512 MiB, which is an image as well, and one with a million lines of logs. */
function prepare() {
  fill(input, 256 << 20)
  plant(tree, 20_000)
  run('run', '-d', '--name', 'box', 'busybox', 'sleep', 'infinity')
  run('exec', 'box', 'dd', 'if=/dev/urandom', 'of=/data', 'bs=1M', 'count=512')
  run('commit', 'box', 'bench')
  run('save', '-o', image, 'bench')
  run('cp', '-q', tree, 'box:/tmp/in')
  const line = 'x'.repeat(99)
  run('run', '--name', 'lines', 'busybox', 'sh', '-c', `yes ${line} | head -n 1000000`)
}

function run(...args) {
  const { status, stderr } = spawnSync(docket[0], [docket[1], ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  if (status !== 0) throw new Error(`docket ${args.join(' ').slice(0, 200)}: ${stderr}`)
}
