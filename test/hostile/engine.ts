import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { goodReply, type Good } from './replies.ts'
import { wholeReply } from './wire.ts'

/** A request that has come in, and the connection that an answer may do anything to. */
export interface Asked {
  /** `METHOD /path`, without version and query. */
  readonly key: string
  readonly good: Good
  readonly socket: Socket
}

/** A fault in place of the good answer to `key`; `early` plays it before the request's body was read. */
export interface Plan {
  readonly key: string
  readonly early: boolean
  play(asked: Asked): void
}

export interface HostileEngine {
  /** `unix:///...` or `tcp://127.0.0.1:...`. */
  readonly host: string
  /** `METHOD /path` of every request, in order. */
  readonly requests: readonly string[]
  /** Breaks every connection and stops listening. */
  close(): void
}

/**
 * An engine on a socket of its own that answers well, byte for byte as `wholeReply` writes it, but plays a fault where the
 * plan says so.
 */
export async function hostileEngine(over: 'unix' | 'tcp', plan?: Plan): Promise<HostileEngine> {
  const folder = over === 'unix' ? mkdtempSync(join(tmpdir(), 'hostile-')) : undefined
  const sockets = new Set<Socket>()
  const requests: string[] = []
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    serve(socket, requests, plan)
  })
  await new Promise<void>((resolve) => {
    if (folder === undefined) server.listen(0, '127.0.0.1', resolve)
    else server.listen(join(folder, 's'), resolve)
  })
  const host = folder === undefined ? `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` : `unix://${folder}/s`
  return {
    host,
    requests,
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

// Takes requests off a connection one after the other, until it is upgraded.
function serve(socket: Socket, requests: string[], plan: Plan | undefined): void {
  let bytes = Buffer.alloc(0)
  let current: { head: string; asked: Asked } | undefined
  const answer = (asked: Asked, early: boolean): void => {
    const planned = plan?.key === asked.key
    if (early !== (planned && plan.early)) return
    if (asked.good.kind === 'upgrade') socket.off('data', onData).off('end', onEnd).resume()
    if (planned) plan.play(asked)
    else {
      socket.write(wholeReply(asked.good).bytes)
      if (asked.good.kind === 'upgrade') socket.end()
    }
  }
  const onData = (chunk: Buffer): void => {
    bytes = Buffer.concat([bytes, chunk])
    for (;;) {
      if (current === undefined) {
        const end = bytes.indexOf('\r\n\r\n')
        if (end === -1) return
        const head = bytes.subarray(0, end + 2).toString('latin1')
        bytes = bytes.subarray(end + 4)
        current = { head, asked: ask(head, socket) }
        requests.push(current.asked.key)
        answer(current.asked, true)
      }
      const size = bodySize(current.head, bytes)
      if (size === undefined) return
      bytes = bytes.subarray(size)
      const { asked } = current
      current = undefined
      answer(asked, false)
    }
  }
  const onEnd = (): void => void socket.end()
  socket.on('data', onData).on('end', onEnd)
}

function ask(head: string, socket: Socket): Asked {
  const [method = '', target = ''] = head.split(' ', 2)
  const path = decodeURIComponent(target.replace(/\?.*/, '').replace(/^\/v\d+\.\d+(?=\/)/, ''))
  return { key: `${method} ${path}`, good: goodReply(method, target), socket }
}

// How long the body of a request is, undefined while it is not all there.
function bodySize(head: string, bytes: Buffer): number | undefined {
  if (/^transfer-encoding: *chunked/im.test(head)) {
    if (bytes.subarray(0, 5).toString('latin1') === '0\r\n\r\n') return 5
    const end = bytes.indexOf('\r\n0\r\n\r\n')
    return end === -1 ? undefined : end + 7
  }
  const size = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
  return bytes.length < size ? undefined : size
}
