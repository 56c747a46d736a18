// What the daemon of the bench answers: made once for each number, before it is sent.
import { chunked } from './http.mjs'

const id = 'f'.repeat(64)
const kept = new Map()

function once(key, make) {
  if (!kept.has(key)) kept.set(key, make())
  return kept.get(key)
}

function rows(kind, count, make) {
  return once(`${kind} ${count}`, () => JSON.stringify(Array.from({ length: count }, (_, i) => make(i))))
}

const digest = (i) => i.toString(16).padStart(64, '0')

/** As `GET /containers/json` answers. */
export const containers = (count) =>
  rows('containers', count, (i) => ({
    Id: digest(i),
    Names: [`/name-${i}`],
    Image: 'busybox',
    ImageID: `sha256:${'a'.repeat(64)}`,
    Command: 'sleep 1000',
    Created: 1700000000,
    State: 'running',
    Status: 'Up 3 hours',
    Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080 + (i % 1000), Type: 'tcp' }],
    Labels: {},
    Mounts: [],
  }))

/** As `GET /images/json` answers. */
export const images = (count) =>
  rows('images', count, (i) => ({
    Id: `sha256:${digest(i)}`,
    ParentId: '',
    RepoTags: [`registry.example/name-${i}:latest`],
    RepoDigests: [`registry.example/name-${i}@sha256:${digest(i)}`],
    Created: 1700000000 - i,
    Size: 1e6 + i,
    SharedSize: -1,
    Labels: null,
    Containers: -1,
  }))

/** As `GET /containers/NAME/json` answers; one whose name begins with `tty` has a terminal. */
export function container(name) {
  return {
    Id: name,
    Name: `/${name}`,
    Created: '2024-01-02T03:04:05Z',
    Path: 'cat',
    Args: [],
    State: { Status: 'running', Running: true, ExitCode: 0, StartedAt: '2024-01-02T03:04:05Z' },
    Config: {
      Tty: name.startsWith('tty'),
      OpenStdin: true,
      Image: 'busybox',
      Cmd: ['cat'],
      Env: ['A=1'],
      Labels: { a: 'b' },
    },
    HostConfig: { LogConfig: { Type: 'json-file' }, AutoRemove: true },
    NetworkSettings: { Ports: {}, Networks: { bridge: { IPAddress: '172.17.0.2' } } },
    Mounts: [],
  }
}

/** One sample of `GET /containers/NAME/stats`. */
export function stats(name) {
  const cpu = (total) => ({ cpu_usage: { total_usage: total }, system_cpu_usage: total * 50, online_cpus: 2 })
  return {
    id: name,
    name: `/${name}`,
    read: '2024-01-02T03:04:06Z',
    preread: '2024-01-02T03:04:05Z',
    cpu_stats: cpu(2e9),
    precpu_stats: cpu(1e9),
    memory_stats: { usage: 1 << 24, limit: 1 << 30, stats: {} },
    pids_stats: { current: 3 },
    blkio_stats: { io_service_bytes_recursive: [{ major: 8, minor: 0, op: 'read', value: 4096 }] },
    networks: { eth0: { rx_bytes: 1000, tx_bytes: 2000 } },
  }
}

/** So many bytes that are worth nothing. */
export function* bytes(count) {
  const block = once('bytes', () => chunked(Buffer.alloc(MEBIBYTE, 7)))
  for (let left = count; left > 0; left -= MEBIBYTE) {
    yield left >= MEBIBYTE ? block : chunked(Buffer.alloc(left, 7))
  }
}

/** So many lines of a log, each a chunk of its own as dockerd sends them. */
export function* lines(count, tty) {
  const line = Buffer.from(`${'x'.repeat(99)}\n`)
  const one = tty ? line : Buffer.concat([frameHead(line.length), line])
  yield* repeated(`lines ${tty}`, one, count)
}

/** So many messages of `GET /events`. */
export function* events(count) {
  const Actor = { ID: id, Attributes: { image: 'busybox', name: 'name', 'com.example.key': 'value' } }
  const moment = '"time":1700000000,"timeNano":1700000000123456789'
  const rest = JSON.stringify({ status: 'start', id, Type: 'container', Action: 'start', Actor, scope: 'local' })
  yield* repeated('events', Buffer.from(`${rest.slice(0, -1)},${moment}}\n`), count)
}

/** What a pull of so many layers says: each of them several times. */
export function* layers(count) {
  for (let i = 0; i < count; i++) {
    const layer = (status, progressDetail = {}) =>
      `${JSON.stringify({ status, progressDetail, id: digest(i).slice(-12) })}\r\n`
    const steps = Array.from({ length: 10 }, (_, n) => layer('Downloading', { current: n * 1e6, total: 1e7 }))
    yield chunked(Buffer.from([layer('Pulling fs layer'), ...steps, layer('Pull complete')].join('')))
  }
}

function* repeated(key, one, count) {
  const many = once(key, () => Buffer.concat(Array.from({ length: BLOCK }, () => chunked(one))))
  for (let left = count; left > 0; left -= BLOCK) {
    yield left >= BLOCK ? many : many.subarray(0, (many.length / BLOCK) * left)
  }
}

/** A tar archive of a folder: so many files of 2 KiB, a hundred to a folder. */
export function* files(count) {
  const content = Buffer.alloc(2048, 'content ')
  yield chunked(tarHeader('tree/', 0))
  for (let at = 0; at < count; at += 100) {
    const parts = [tarHeader(`tree/d${at / 100}/`, 0)]
    for (let i = at; i < Math.min(count, at + 100); i++) parts.push(tarHeader(`tree/d${at / 100}/f${i}`, 2048), content)
    yield chunked(Buffer.concat(parts))
  }
  yield chunked(Buffer.alloc(1024))
}

/** A tar archive of one file of so many bytes, which are whole mebibytes. */
export function* file(size) {
  yield chunked(tarHeader('tree', size))
  yield* bytes(size)
  yield chunked(Buffer.alloc(1024))
}

function tarHeader(name, size) {
  const block = Buffer.alloc(512)
  const folder = name.endsWith('/')
  const octal = (value, digits) => `${value.toString(8).padStart(digits, '0')}\0`
  block.write(name)
  block.write(
    octal(folder ? 0o755 : 0o644, 7) + octal(0, 7) + octal(0, 7) + octal(size, 11) + octal(1.7e9, 11),
    100,
    'latin1',
  )
  block.write(`        ${folder ? 5 : 0}`, 148)
  block.write('ustar\x0000', 257, 'latin1')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** What stands before so many bytes of a container's output. */
export function frameHead(length) {
  const head = Buffer.alloc(8)
  head[0] = 1
  head.writeUInt32BE(length, 4)
  return head
}

const MEBIBYTE = 1 << 20
const BLOCK = 5000
