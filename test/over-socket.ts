import { connect, type Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** A stream that is no socket but leads to one, a port or a path: what a child process's pipes are. */
export class OverSocket extends Duplex {
  readonly #socket: Socket

  constructor(place: number | string) {
    super()
    this.#socket = connect(
      typeof place === 'number' ? { port: place, allowHalfOpen: true } : { path: place, allowHalfOpen: true },
    )
    this.#socket.on('data', (chunk) => {
      if (!this.push(chunk)) this.#socket.pause()
    })
    this.#socket.on('end', () => this.push(null))
    this.#socket.on('error', (error) => this.destroy(error))
    this.#socket.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#socket.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#socket.write(chunk, callback)
  }

  override _final(callback: () => void): void {
    this.#socket.end(callback)
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.#socket.destroy()
    callback(error)
  }
}
