// How cost grows with what there is: each amount is doubled four times.
import fs from 'node:fs'
import path from 'node:path'
import { compare } from './measure.mjs'
import { plant } from './rows.mjs'

const DOUBLINGS = 4
const RUNS = 3

/** What grows: a name, the amount that it begins with, the command for an amount, and whether memory has to stay flat. */
function dimensions(folder) {
  const tree = (count) => path.join(folder, `tree-${count}`)
  const out = path.join(folder, 'copied')
  const clear = () => fs.rmSync(out, { recursive: true, force: true })
  return [
    { name: 'containers, ps -a', from: 1000, args: (n) => ['ps', '-a', '-f', `name=n-${n}`] },
    { name: 'containers, inspect', from: 100, args: (n) => ['container', 'inspect', ...names(n)] },
    { name: 'lines, logs', from: 250_000, args: (n) => ['logs', `n-${n}`], flat: true },
    { name: 'events', from: 10_000, args: (n) => ['events', '-f', `container=n-${n}`], flat: true },
    { name: 'layers, pull', from: 250, args: (n) => ['pull', `n-${n}`], flat: true },
    { name: 'bytes, save', from: 64 << 20, args: (n) => ['save', `n-${n}`], flat: true },
    {
      name: 'files, cp in',
      from: 2000,
      args: (n) => ['cp', tree(n), 'sink:/in'],
      make: (n) => plant(tree(n), n),
      flat: true,
    },
    { name: 'files, cp out', from: 2000, args: (n) => ['cp', `tree-n-${n}:/tree`, out], before: clear, flat: true },
    { name: 'daemons, context ls', from: 25, args: () => ['context', 'ls'], make: (n) => contexts(folder, n) },
  ]
}

/** Prints for each dimension what every amount takes, and how cost grows: time as the amount to the power shown. */
export async function scale({ docket, env, folder, json }) {
  for (const { name, from, args, make, flat = false, before } of dimensions(folder)) {
    const points = []
    for (let doubling = 0; doubling <= DOUBLINGS; doubling++) {
      const amount = from * 2 ** doubling
      make?.(amount)
      const { docket: figures } = await compare({ docket: [...docket, ...args(amount)] }, { env, before, runs: RUNS })
      points.push({ amount, ...figures })
    }
    const fit = line(points)
    if (json) {
      console.log(JSON.stringify({ title: 'scale', name, flat, points, fit }))
      continue
    }
    console.log(
      `\n${name}: ${(fit.each * 1e3).toPrecision(3)} us each over ${fit.base.toFixed(0)} ms, R2 ${fit.r2.toFixed(3)}`,
    )
    for (const { amount, cpu, wall, memory } of points) {
      console.log(
        `  ${String(amount).padStart(12)}  CPU ${cpu.toFixed(0)}  wall ${wall.toFixed(0)}  ${memory.toFixed(0)} MiB`,
      )
    }
    if (flat)
      console.log(`  memory at the end ${(points.at(-1).memory / points[0].memory).toFixed(2)} times that at the start`)
  }
}

/** The line that lies closest to the processor time by the amount, and how much of it the line explains. */
function line(points) {
  const mean = (of) => points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(({ amount }) => amount), mean(({ cpu }) => cpu)]
  const spread = mean(({ amount }) => (amount - x) ** 2)
  const each = mean(({ amount, cpu }) => (amount - x) * (cpu - y)) / spread
  const base = y - each * x
  const missed = mean(({ amount, cpu }) => (cpu - base - each * amount) ** 2)
  return { each, base, r2: 1 - missed / mean(({ cpu }) => (cpu - y) ** 2) }
}

function names(count) {
  return Array.from({ length: count }, (_, i) => `c${i}`)
}

/** Adds contexts up to a number. */
function contexts(folder, count) {
  for (let i = 0; i < count; i++) {
    const id = i.toString(16).padStart(64, '0')
    const at = path.join(folder, 'contexts/meta', id)
    fs.mkdirSync(at, { recursive: true })
    const docker = { Host: `tcp://host-${i}:2376`, SkipTLSVerify: false }
    fs.writeFileSync(
      path.join(at, 'meta.json'),
      JSON.stringify({ Name: `name-${i}`, Metadata: {}, Endpoints: { docker } }),
    )
  }
}
