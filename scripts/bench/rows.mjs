// What is timed against the daemon of the bench. Each row: a name, arguments, what is piped in, and the aims, as multiples of the
// other client's wall and processor time; `floor` is what a reader that throws everything away asks for, `node` pairs a row with Node's
// own start, and `few` says that it is run a quarter as often.
import fs from 'node:fs'
import path from 'node:path'

export const startUp = () => ({
  title: 'start-up',
  rows: ['--version', '--help', 'ps', 'run --rm n-1 true'].map((line) => ({
    name: line,
    args: line.split(' '),
    node: true,
  })),
})

/** Archives and output of `size` bytes. */
export function streams({ folder, size, label, lines }) {
  const big = path.join(folder, 'big')
  const make = () => fs.existsSync(big) || fill(big, size)
  const out = path.join(folder, 'out')
  const n = `n-${size}`
  const aim = { wall: 0.9, cpu: 1 }
  const level = { wall: 1, cpu: 1 }
  const logs = { wall: 0.3, cpu: 0.5 }
  const rows = [
    { name: `save, ${label}, to a file`, args: ['save', n], output: out, aim, floor: `/images/get?names=${n}` },
    { name: `save, ${label}, to a pipe`, args: ['save', n], pipe: true, aim },
    { name: `export, ${label}, to a file`, args: ['export', n], output: out, aim },
    { name: `export, ${label}, to a pipe`, args: ['export', n], pipe: true, aim },
    { name: `load, ${label}, from a file`, args: ['load', '-i', big], make, aim },
    { name: `load, ${label}, from stdin`, args: ['load'], make, input: big, aim },
    { name: `load, ${label}, from a pipe`, args: ['load'], make, input: big, pipe: true, aim },
    { name: `import, ${label}, from a file`, args: ['import', big], make, aim },
    { name: `import, ${label}, from a pipe`, args: ['import', '-'], make, input: big, pipe: true, aim },
    ...['', 'tty-'].flatMap((tty) => [
      { name: `logs, ${tty}${lines} lines, to a file`, args: ['logs', `${tty}n-${lines}`], output: out, aim: logs },
      { name: `logs, ${tty}${lines} lines, to a pipe`, args: ['logs', `${tty}n-${lines}`], pipe: true, aim: logs },
    ]),
    { name: `exec -i, ${label} echoed`, args: ['exec', '-i', 'echo', 'cat'], make, input: big, aim: level },
    { name: `exec -i, ${label} in`, args: ['exec', '-i', 'sink', 'cat'], make, input: big, aim: level },
    { name: `run -i, ${label} echoed`, args: ['run', '-i', '--rm', 'echo', 'cat'], make, input: big, aim: level },
    {
      name: `run -i, ${label} echoed, by pipes`,
      args: ['run', '-i', '--rm', 'echo', 'cat'],
      make,
      input: big,
      pipe: true,
      aim: level,
    },
    { name: `run -i, ${label} in`, args: ['run', '-i', '--rm', 'sink', 'cat'], make, input: big, aim: level },
  ]
  return { title: 'streams', rows: rows.map((row) => ({ ...row, few: true })) }
}

/** Copies of a tree and of one file. */
export function copies({ folder, size, label, files }) {
  const tree = path.join(folder, `tree-${files}`)
  const big = path.join(folder, 'big')
  const out = path.join(folder, 'copied')
  const makeTree = () => fs.existsSync(tree) || plant(tree, files)
  const makeBig = () => fs.existsSync(big) || fill(big, size)
  const before = () => fs.rmSync(out, { recursive: true, force: true })
  const small = { wall: 0.7, cpu: 0.7 }
  const large = { wall: 1, cpu: 0.7 }
  const rows = [
    { name: `cp in, ${files} files`, args: ['cp', tree, 'sink:/in'], make: makeTree, aim: small },
    { name: `cp in, ${label}`, args: ['cp', big, 'sink:/in'], make: makeBig, aim: large },
    { name: `cp out, ${files} files`, args: ['cp', `tree-n-${files}:/tree`, out], before, aim: small },
    { name: `cp out, ${label}`, args: ['cp', `n-${size}:/tree`, out], before, aim: large },
    { name: `cp out, ${label}, as an archive`, args: ['cp', `n-${size}:/tree`, '-'], aim: large },
  ]
  return { title: 'copies', rows: rows.map((row) => ({ ...row, few: true })) }
}

/** Lists and what is asked for many times. */
export function lists() {
  const names = (count) => Array.from({ length: count }, (_, i) => `c${i}`)
  const aim = { wall: 1, startUp: true }
  return {
    title: 'lists',
    rows: [
      { name: 'ps -a, 5000 containers', args: ['ps', '-a', '-f', 'name=n-5000'], aim },
      { name: 'images, 5000 images', args: ['images', '-f', 'reference=n-5000'], aim },
      { name: 'inspect, 1000 containers', args: ['container', 'inspect', ...names(1000)], aim },
      { name: 'events, 200000 of them', args: ['events', '-f', 'container=n-200000'], aim, few: true },
      { name: 'stats --no-stream, 200 containers', args: ['stats', '--no-stream', ...names(200)], aim },
    ],
  }
}

/** Contexts for the classic builder, which is what this daemon can speak. */
export function classicBuilds({ folder, size, label, files }) {
  const tree = path.join(folder, `tree-${files}`)
  const big = path.join(folder, 'build')
  const makeBig = () => {
    fs.mkdirSync(big, { recursive: true })
    fs.writeFileSync(path.join(big, 'Dockerfile'), 'FROM scratch\n')
    fill(path.join(big, 'data'), size)
  }
  const makeTree = () => fs.existsSync(tree) || plant(tree, files)
  const aim = { wall: 1, cpu: 0.8 }
  const rows = [
    { name: `classic build, ${files} files`, args: ['build', tree], make: makeTree, aim },
    { name: `classic build, ${label}`, args: ['build', big], make: makeBig, aim },
  ]
  return { title: 'classic builds', rows: rows.map((row) => ({ ...row, few: true, env: { DOCKER_BUILDKIT: '0' } })) }
}

/** Writes a file of so many bytes. */
export function fill(file, size) {
  const fd = fs.openSync(file, 'w')
  for (let left = size, i = 0; left > 0; left -= 1 << 20) fs.writeSync(fd, Buffer.alloc(Math.min(left, 1 << 20), i++))
  fs.closeSync(fd)
}

/** Makes a folder of so many files, a hundred to a folder. */
export function plant(tree, count) {
  for (let i = 0; i < count; i++) {
    const folder = path.join(tree, `d${Math.floor(i / 100)}`)
    if (i % 100 === 0) fs.mkdirSync(folder, { recursive: true })
    fs.writeFileSync(path.join(folder, `f${i}`), 'x'.repeat(200 + ((i * 37) % 3000)))
  }
  fs.writeFileSync(path.join(tree, 'Dockerfile'), 'FROM scratch\n')
}
