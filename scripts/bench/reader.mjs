// usage: bench/reader.mjs SOCKET PATH
// Asks the daemon for a stream and throws it away: how fast the daemon is, whoever reads.
import net from 'node:net'

const [, , socket, path] = process.argv
let tail = ''
const buffer = Buffer.allocUnsafeSlow(256 * 1024)
const callback = (size) => {
  tail = (tail + buffer.toString('latin1', Math.max(0, size - 7), size)).slice(-7)
  if (tail === '\r\n0\r\n\r\n') connection.destroy()
  return true
}
const connection = net.createConnection({ path: socket, onread: { buffer, callback } })
connection.write(`GET ${path} HTTP/1.1\r\nHost: bench\r\n\r\n`)
