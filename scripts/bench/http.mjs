// HTTP/1.1 as the daemon of the bench speaks it: as little as its clients need, so that they and not it are what is timed. Bytes are
// read into one buffer a connection and written from buffers that were prepared before.
import net from 'node:net'

/** Listens on a socket's path; `route` takes each request, with its body where that has a length, and the connection to answer on. */
export function serve(path, route) {
  const server = net.createServer({ pauseOnConnect: true, allowHalfOpen: true }, (accepted) => {
    // Node takes `onread` for sockets that it connects, not for those that it accepts: this one is made anew around its handle.
    const { _handle: handle } = accepted
    accepted._handle = null
    new Connection(handle, route)
  })
  return new Promise((resolve) => server.listen(path, resolve))
}

class Connection {
  constructor(handle, route) {
    const onread = {
      buffer: Buffer.allocUnsafeSlow(READ),
      callback: (size, buffer) => this.#read(buffer.subarray(0, size)),
    }
    this.socket = new net.Socket({ handle, onread, allowHalfOpen: true })
    this.socket.on('error', () => this.socket.destroy())
    this.socket.on('end', () => (this.ended ? this.ended() : this.socket.end()))
    this.route = route
    this.head = ''
    this.request = undefined
    this.tail = ''
    this.socket.resume()
  }

  /** Leaves HTTP: `take` gets what comes from now on and answers whether more may come, `ended` is told of the end. */
  upgrade(take, ended) {
    this.take = take
    this.ended = ended
    const type = 'application/vnd.docker.multiplexed-stream'
    this.socket.write(`HTTP/1.1 101 UPGRADED\r\nContent-Type: ${type}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`)
  }

  json(value, status = 200, headers = '') {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const length = Buffer.byteLength(text)
    this.begin(status, `Content-Type: application/json\r\nContent-Length: ${length}\r\n${headers}`)
    this.socket.write(this.request.method === 'HEAD' ? '' : text)
  }

  begin(status, headers) {
    this.socket.write(`HTTP/1.1 ${status} -\r\nApi-Version: 1.48\r\nOstype: linux\r\n${headers}\r\n`)
  }

  /** Answers with what an iterable of buffers gives, each of them whole chunks (`chunked`), as fast as they are taken. */
  stream(type, blocks, headers = '') {
    this.begin(200, `Content-Type: ${type}\r\nTransfer-Encoding: chunked\r\n${headers}`)
    const iterator = blocks[Symbol.iterator]()
    const more = () => {
      let { value, done } = iterator.next()
      this.socket.cork()
      for (let i = 0; !done && i < BATCH; i++) {
        const last = i === BATCH - 1
        this.socket.write(value, last ? more : undefined)
        if (!last) ({ value, done } = iterator.next())
      }
      if (done) this.socket.write('0\r\n\r\n')
      this.socket.uncork()
    }
    more()
  }

  #read(bytes) {
    if (this.take) return this.take(bytes)
    if (this.request) return this.#body(bytes)
    this.head += bytes.toString('latin1')
    const end = this.head.indexOf('\r\n\r\n')
    if (end === -1) return true
    const rest = Buffer.from(this.head.slice(end + 4), 'latin1')
    const [line, ...fields] = this.head.slice(0, end).split('\r\n')
    const [method, url] = line.split(' ')
    this.head = this.tail = ''
    const length = Number(fields.find((field) => /^content-length:/i.test(field))?.split(':')[1] ?? 0)
    const chunked = fields.some((field) => /^transfer-encoding:/i.test(field))
    this.request = { method, url: decodeURIComponent(url.replace(/^\/v\d+\.\d+/, '')), body: '', length, chunked }
    return this.#body(rest)
  }

  // A body in chunks is thrown away; what ends it is looked for at the end of each read, and nothing that the bench sends has it within.
  #body(bytes) {
    const { request } = this
    if (request.chunked) {
      this.tail = (this.tail + bytes.toString('latin1', Math.max(0, bytes.length - 5))).slice(-5)
      if (this.tail !== '0\r\n\r\n') return true
    } else {
      request.body += bytes.toString()
      if (Buffer.byteLength(request.body) < request.length) return true
    }
    this.route(request, this)
    this.request = undefined
    return true
  }
}

/** Bytes as the chunks that dockerd would send them in. */
export function chunked(bytes, size = 32 * 1024) {
  const parts = []
  for (let at = 0; at < bytes.length; at += size) {
    const part = bytes.subarray(at, at + size)
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'))
  }
  return Buffer.concat(parts)
}

const READ = 256 * 1024
const BATCH = 16
