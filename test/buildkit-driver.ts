import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { openBuildkit } from '../src/build/buildkit.ts'
import type { Served } from '../src/build/grpc/server.ts'
import type { SolveRequest } from '../src/build/proto/control.ts'
import { newId } from '../src/build/session/session.ts'
import { connectUnix } from '../src/connection/connect-unix.ts'
import { Engine } from '../src/engine/engine.ts'
import { http1Transport } from '../src/engine/http1.ts'

/** Has an engine build a Dockerfile with these services, by the smallest of clients. */
export async function buildOn(
  host: string,
  services: readonly Served[],
  { sharedKey = '', exporter, context = {}, at = socketOf(host), onLog }: BuildOptions = {},
): Promise<Built> {
  const client = new Engine({
    transport: http1Transport({ connect: connectUnix(at) }),
    address: { host },
  })
  const buildkit = await openBuildkit(client)
  onTestFinished(() => {
    buildkit.close()
    client.close()
  })
  const session = await buildkit.startSession(services, { sharedKey })
  const ref = newId()
  const [type = '', attrs = {}] = exporter ?? []
  const request: SolveRequest = {
    ref,
    session: session.id,
    frontend: 'dockerfile.v0',
    frontendAttrs: { filename: 'Dockerfile', ...context },
    ...(type !== '' && { exporterDeprecated: type, exporterAttrsDeprecated: attrs, exporters: [{ type, attrs }] }),
    cache: {},
  }
  let log = ''
  const watched = (async () => {
    for await (const { logs } of buildkit.control.status({ ref })) {
      for (const { msg } of logs) log += Buffer.from(msg).toString()
      onLog?.(log)
    }
  })()
  watched.catch(() => undefined)
  try {
    const { exporterResponse } = await buildkit.control.solve(request)
    await watched
    return { response: exporterResponse, log }
  } catch (error) {
    return { error: error as Error, response: {}, log }
  } finally {
    buildkit.close()
  }
}

export interface BuildOptions {
  sharedKey?: string
  exporter?: readonly [type: string, attributes: Record<string, string>]
  context?: Record<string, string>
  /** The socket, where it is not the engine's own. */
  at?: string
  onLog?: (log: string) => void
}

/** A folder of files by their names. */
export function folderOf(files: Record<string, string>): string {
  const root = fs.mkdtempSync(path.join(tmpdir(), 'build-'))
  onTestFinished(() => fs.rmSync(root, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.join(root, path.dirname(name)), { recursive: true })
    fs.writeFileSync(path.join(root, name), text)
  }
  return root
}

/** A folder with a Dockerfile of one step. */
export function folderText(step: string): string {
  return folderOf({ Dockerfile: `FROM busybox\n${step}\n` })
}

/** Copies a program with the libraries that it needs, under their own paths. */
export function copyProgram(program: string, root: string): void {
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+/g) ?? []
  for (const file of [program, ...libraries]) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.copyFileSync(file, path.join(root, file))
  }
}

/** A socket that leads to the engine's, counts what goes there, and can be cut. */
export async function counted(target: string): Promise<{ path: string; sent: () => number; cut: () => void }> {
  const place = path.join(folderOf({}), 's')
  let sent = 0
  const sockets = new Set<net.Socket>()
  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ path: target, allowHalfOpen: true })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => undefined)
    }
    near.on('data', (chunk) => (sent += chunk.length))
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(place, resolve))
  const cut = (): void => sockets.forEach((socket) => void socket.destroy())
  onTestFinished(() => {
    cut()
    server.close()
  })
  return { path: place, sent: () => sent, cut }
}

export interface Built {
  error?: Error & { code?: string }
  response: Record<string, string>
  log: string
}

/** The path of the socket that a host names. */
export function socketOf(host: string): string {
  return host.replace('unix://', '')
}
