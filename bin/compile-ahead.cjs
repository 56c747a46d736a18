'use strict'
// npm runs this after `npm install --global`: it runs the commonest commands once against a daemon that only speaks, so that what V8
// compiles of them is kept (bin/docket) before anybody's first run: for other accounts, and in the images of containers and CI. Nothing
// of it is worth a failed installation.
const { spawn } = require('node:child_process')
const fs = require('node:fs')
const http = require('node:http')
const os = require('node:os')
const path = require('node:path')

const program = path.join(__dirname, 'docket')
const commands = [
  '--help',
  '--version',
  'ps',
  'images',
  'version',
  'info',
  'inspect x',
  'logs x',
  'run --rm x',
  'run -d x',
  'exec x true',
  'start x',
  'stop x',
  'rm x',
  'pull x',
  'build --help',
]

const id = 'a'.repeat(64)
/** One of a list, with what most have: only functions that run are compiled, those of a row too. */
const container = {
  Id: id,
  Names: ['/x'],
  Image: 'x',
  ImageID: `sha256:${id}`,
  Command: 'true',
  Created: 1,
  Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 80, Type: 'tcp' }],
  Labels: { x: 'x' },
  State: 'running',
  Status: 'Up 3 hours',
  HostConfig: { NetworkMode: 'bridge' },
  NetworkSettings: {
    Networks: { bridge: { NetworkID: id, Gateway: '172.17.0.1', IPAddress: '172.17.0.2', IPPrefixLen: 16 } },
  },
  Mounts: [],
}

/** What the daemon answers, by the end of the path; anything else is an empty object. */
const replies = [
  [/\/containers\/json$/, [container]],
  [
    /\/images\/json$/,
    [{ Id: `sha256:${id}`, RepoTags: ['x:latest'], RepoDigests: [], Created: 1, Size: 1, Labels: {}, Containers: -1 }],
  ],
  [/\/containers\/create$/, { Id: 'x', Warnings: [] }],
  [/\/exec$/, { Id: 'x' }],
  [/\/wait$/, { StatusCode: 0 }],
  [/\/containers\/x\/json$/, { Id: 'x', Config: { Tty: true }, State: {}, HostConfig: {} }],
  [/\/version$/, { ApiVersion: '1.41', Version: '20.10.24', Os: 'linux', Arch: 'amd64' }],
]

function answer({ url = '' }, response) {
  const [name = ''] = url.split('?')
  const reply = replies.find(([pattern]) => pattern.test(name))?.[1] ?? {}
  const isEmpty = /\/(_ping|start|stop|logs|images\/create)$/.test(name)
  response.writeHead(200, { 'Api-Version': '1.41', Ostype: 'linux', 'Content-Type': 'application/json' })
  response.end(isEmpty ? '' : JSON.stringify(reply))
}

function answerUpgrade(_, socket) {
  socket.on('error', () => undefined)
  socket.end(
    'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
  )
}

/** Runs a command; resolves when it has ended, however that was. */
function run(words, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...words.split(' ')], { env, stdio: 'ignore', timeout: 5000 })
    child.on('error', resolve).on('close', resolve)
  })
}

async function main() {
  // Windows keeps compiled forms in each user's folder.
  if (process.env.npm_config_global !== 'true' || process.platform === 'win32') return
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'docket-'))
  const server = http.createServer(answer).on('upgrade', answerUpgrade)
  try {
    const socket = path.join(folder, 'docker.sock')
    await new Promise((resolve, reject) => server.once('error', reject).listen(socket, resolve))
    // Nothing of the user's own takes part, Node's flags included.
    const env = { PATH: process.env.PATH, HOME: folder, DOCKER_CONFIG: folder, DOCKER_HOST: `unix://${socket}` }
    const end = Date.now() + 20_000
    for (const words of commands) if (Date.now() < end) await run(words, env)
  } finally {
    server.close()
    server.closeAllConnections()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

main().catch(() => undefined)
