// usage: bench-daemon.mjs SOCKET
// A daemon that only speaks: canned answers and long streams, so that what is timed against it is the client. Prints a line when ready.
import http from 'node:http'

const mebibyte = 1 << 20
const id = 'f'.repeat(64)
const container = {
  Id: id,
  Name: '/bench',
  Created: '2024-01-02T03:04:05Z',
  State: { Status: 'running', Running: true, ExitCode: 0 },
  Config: { Tty: false, Image: 'busybox', Cmd: ['cat'] },
  HostConfig: { LogConfig: { Type: 'json-file' }, AutoRemove: true },
  NetworkSettings: { Ports: {} },
}
const version = { Version: '28.0.0', ApiVersion: '1.48', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' }
const listed = Array.from({ length: 10 }, (_, i) => ({
  Id: String(i).repeat(64),
  Names: [`/name-${i}`],
  Image: 'busybox',
  ImageID: `sha256:${'a'.repeat(64)}`,
  Command: 'sleep 1000',
  Created: 1700000000,
  State: 'running',
  Status: 'Up 3 hours',
  Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080 + i, Type: 'tcp' }],
  Labels: {},
  Mounts: [],
}))

/** What answers which path; the API version in front of it is cut off. */
const answers = [
  ['GET', /^\/_ping$/, (_, response) => response.end('OK')],
  ['GET', /^\/version$/, json(version)],
  ['GET', /^\/info$/, json({ ID: 'bench', OSType: 'linux' })],
  ['GET', /^\/containers\/json/, json(listed)],
  ['POST', /^\/containers\/create/, json({ Id: id, Warnings: [] }, 201)],
  ['POST', /^\/containers\/[^/]+\/start/, start],
  ['POST', /^\/containers\/[^/]+\/wait/, wait],
  ['GET', /^\/containers\/[^/]+\/json/, json(container)],
  ['GET', /^\/containers\/[^/]+\/logs/, logs],
  ['POST', /^\/build/, build],
  ['GET', /^\/images\/get/, save],
  ['GET', /^\/images\/[^/]+\/get/, save],
  ['GET', /^\/images\/[^/]+\/json/, json({ Id: `sha256:${'a'.repeat(64)}`, RepoTags: ['busybox:latest'] })],
]

/** The attached stream of the container that was created last, and the wait for it; it runs from start until its stdin ends. */
let attached
let waiting
let echoes = false

const server = http.createServer((request, response) => {
  request.resume()
  const path = request.url.replace(/^\/v\d+\.\d+/, '')
  const found = answers.find(
    ([method, pattern]) =>
      method.replace('GET', request.method === 'HEAD' ? 'HEAD' : 'GET') === request.method && pattern.test(path),
  )
  response.setHeader('Api-Version', version.ApiVersion)
  response.setHeader('Ostype', 'linux')
  if (found) found[2](request, response)
  else
    response
      .writeHead(404, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ message: `no answer to ${path}` }))
})

// Attaching: whatever comes in goes out again, in frames.
server.on('upgrade', (request, socket) => {
  socket.write(
    'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
  )
  attached = socket
  echoes = request.url.includes('stdin=1')
  socket.on('error', finish)
  if (!echoes) return
  socket.on('data', (chunk) => {
    const fits = socket.write(Buffer.concat([frameHead(chunk.length), chunk]))
    if (!fits) {
      socket.pause()
      socket.once('drain', () => socket.resume())
    }
  })
  socket.on('end', finish)
})

server.listen(process.argv[2], () => console.log('ready'))

function json(value, status = 200) {
  return (_, response) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

function wait(_, response) {
  response.writeHead(200, { 'Content-Type': 'application/json' })
  response.flushHeaders()
  waiting = response
}

function start(_, response) {
  response.writeHead(204).end()
  if (!echoes) finish()
}

function finish() {
  attached?.end()
  waiting?.end(JSON.stringify({ StatusCode: 0 }))
  attached = waiting = undefined
}

/** 200,000 lines; each is a chunk of its own, as dockerd sends them, with many to one write so that the daemon is not what is timed. */
async function logs(_, response) {
  const line = `${'x'.repeat(99)}\n`
  const frame = Buffer.concat([frameHead(line.length), Buffer.from(line)])
  const chunk = Buffer.concat([Buffer.from(`${frame.length.toString(16)}\r\n`), frame, Buffer.from('\r\n')])
  const block = Buffer.concat(Array.from({ length: 500 }, () => chunk))
  const { socket } = response
  socket.write(
    'HTTP/1.1 200 OK\r\nApi-Version: 1.48\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nTransfer-Encoding: chunked\r\n\r\n',
  )
  await writeTimes(socket, block, 400)
  socket.end('0\r\n\r\n')
}

/** The classic builder: takes the whole context before it says anything. */
function build(request, response) {
  request.on('end', () => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.write(`${JSON.stringify({ stream: 'Step 1/1 : FROM scratch\n' })}\r\n`)
    response.write(`${JSON.stringify({ aux: { ID: `sha256:${id}` } })}\r\n`)
    response.end(`${JSON.stringify({ stream: `Successfully built ${id.slice(0, 12)}\n` })}\r\n`)
  })
}

async function save(_, response) {
  response.writeHead(200, { 'Content-Type': 'application/x-tar' })
  await writeTimes(response, Buffer.alloc(mebibyte, 7), 256)
  response.end()
}

async function writeTimes(stream, block, times) {
  for (let i = 0; i < times && !stream.destroyed; i++) {
    if (!stream.write(block)) await drained(stream)
  }
}

function drained(stream) {
  return new Promise((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done)
      resolve()
    }
    stream.on('drain', done).on('close', done)
  })
}

function frameHead(length) {
  const head = Buffer.alloc(8)
  head[0] = 1
  head.writeUInt32BE(length, 4)
  return head
}
