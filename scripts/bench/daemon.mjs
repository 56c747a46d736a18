// usage: bench/daemon.mjs SOCKET
// A daemon that costs next to nothing: canned answers and streams. How much of them is asked for by the number after `n-` in the
// request's URL, `n-5000`: the name of an image or container, or what a list is filtered by. Prints a line when ready.
import {
  bytes,
  container,
  containers,
  events,
  file,
  files,
  frameHead,
  images,
  layers,
  lines,
  stats,
} from './canned.mjs'
import { serve } from './http.mjs'

const RAW = 'application/vnd.docker.raw-stream'
const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream'
const TAR = 'application/x-tar'
const version = { Version: '28.0.0', ApiVersion: '1.48', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' }
const image = { Id: `sha256:${'a'.repeat(64)}`, RepoTags: ['busybox:latest'] }

/** What answers which request; the API version in front of the path is cut off. `to` is the connection, then what the pattern caught. */
const answers = [
  ['GET /_ping', (to) => to.json('OK')],
  ['HEAD /_ping', (to) => to.json('OK')],
  ['GET /version', (to) => to.json(version)],
  ['GET /info', (to) => to.json({ ID: 'bench', OSType: 'linux' })],
  ['GET /events', (to) => to.stream('application/json', events(number(to)))],
  ['GET /containers/json', (to) => to.json(containers(number(to)))],
  ['POST /containers/create', (to) => to.json({ Id: JSON.parse(to.request.body).Image, Warnings: [] }, 201)],
  ['GET /containers/(.+)/json', (to, name) => to.json(container(name))],
  ['GET /containers/(.+)/stats', (to, name) => to.json(stats(name))],
  ['GET /containers/(.+)/export', (to) => to.stream(TAR, bytes(number(to)))],
  ['GET /containers/tty(.+)/logs', (to) => to.stream(RAW, lines(number(to), true))],
  ['GET /containers/(.+)/logs', (to) => to.stream(MULTIPLEXED, lines(number(to), false))],
  ['POST /containers/(.+)/attach', attach],
  ['POST /containers/(.+)/start', start],
  ['POST /containers/(.+)/wait', wait],
  ['POST /containers/(.+)/exec', (to, name) => to.json({ Id: name }, 201)],
  ['POST /exec/(.+)/start', attach],
  ['GET /exec/(.+)/json', (to, name) => to.json({ ID: name, ExitCode: 0, Running: false })],
  ['POST /exec/(.+)/resize', (to) => to.json('')],
  ['HEAD /containers/(.+)/archive', (to, name) => to.json('', 200, stat(name))],
  ['GET /containers/(.+)/archive', archive],
  ['PUT /containers/(.+)/archive', (to) => to.json('')],
  ['GET /images/json', (to) => to.json(images(number(to)))],
  ['GET /images/get', (to) => to.stream(TAR, bytes(number(to)))],
  ['GET /images/(.+)/get', (to) => to.stream(TAR, bytes(number(to)))],
  ['GET /images/(.+)/json', (to) => to.json(image)],
  ['POST /images/load', loaded],
  [
    'POST /images/create',
    (to) => (/fromImage/.test(to.request.url) ? to.stream('application/json', layers(number(to))) : loaded(to)),
  ],
  ['POST /build', (to) => to.json({ aux: { ID: image.Id } })],
].map(([pattern, answer]) => [new RegExp(`^${String(pattern)}$`), answer])

await serve(process.argv[2], (request, to) => {
  const asked = `${request.method} ${request.url.split('?')[0]}`
  for (const [pattern, answer] of answers) {
    const match = pattern.exec(asked)
    if (match) return answer(to, match[1])
  }
  return to.json({ message: `no answer to ${asked}` }, 404)
})
console.log('ready')

function loaded(to) {
  to.json({ stream: 'Loaded image: busybox:latest\n' })
}

/** The attached streams and the waits of containers that run, by their names. */
const attached = new Map()
const waiting = new Map()

function number({ request }) {
  return Number(/n-(\d+)/.exec(request.url)?.[1] ?? 10)
}

/** What comes in goes out again, in frames unless there is a terminal; of `sink` nothing does. */
function attach(to, name) {
  attached.set(name, to)
  to.echoes = to.request.url.startsWith('/exec') || to.request.url.includes('stdin=1')
  const ended = () => finish(name, to)
  if (name.startsWith('sink')) to.upgrade(() => true, ended)
  else to.upgrade((part) => echo(to.socket, part, name.startsWith('tty')), ended)
  if (name.startsWith('tty')) to.socket.write('ready')
}

function echo(socket, part, raw) {
  let waits = false
  socket.cork()
  if (!raw) socket.write(frameHead(part.length))
  socket.write(part, () => waits && socket.resume())
  socket.uncork()
  waits = socket.writableLength > 0
  return !waits
}

function start(to, name) {
  to.begin(204, '')
  const streams = attached.get(name)
  if (streams?.echoes === false) finish(name, streams)
}

function wait(to, name) {
  to.begin(200, 'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n')
  waiting.set(name, to)
}

function finish(name, { socket }) {
  socket.end()
  waiting.get(name)?.socket.write('10\r\n{"StatusCode":0}\r\n0\r\n\r\n')
  waiting.delete(name)
}

function archive(to, name) {
  to.stream(TAR, name.startsWith('tree') ? files(number(to)) : file(number(to)), stat(name))
}

/** `tree` is a folder, and so is where something is copied to; all else is a file. */
function stat(name) {
  const folder = name.startsWith('tree') || name.startsWith('sink')
  const value = {
    name: 'tree',
    size: 4096,
    mode: folder ? 0x80000000 + 0o755 : 0o644,
    mtime: '2024-01-02T03:04:05Z',
    linkTarget: '',
  }
  return `X-Docker-Container-Path-Stat: ${Buffer.from(JSON.stringify(value)).toString('base64')}\r\n`
}
