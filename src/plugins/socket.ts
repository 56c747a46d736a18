import { randomBytes } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A socket whose closing tells a plugin to end. */
export interface PluginSocket {
  /** As plugins write it: `@name` is a name of Linux's abstract space. */
  readonly address: string
  close(): void
}

/** Opens the socket that plugins watch; undefined where there can be none (docker/cli cli-plugins/socket). */
export function listenForPlugin(platform: NodeJS.Platform): Promise<PluginSocket | undefined> {
  if (platform === 'win32') return Promise.resolve(undefined)
  const name = `docker_cli_${randomBytes(16).toString('hex')}`
  const abstract = platform === 'linux'
  const path = abstract ? `\0${name}` : join(tmpdir(), name)
  const connections = new Set<Socket>()
  const server = createServer((connection) => {
    connections.add(connection)
    connection.on('error', () => undefined).on('close', () => connections.delete(connection))
    connection.resume()
  })
  return new Promise((resolve) => {
    server.on('error', () => resolve(undefined))
    server.listen(path, () => {
      // The plugin's end is what we wait for, not its connections.
      server.unref()
      resolve({
        address: abstract ? `@${name}` : path,
        close() {
          for (const connection of connections) connection.end()
          server.close()
        },
      })
    })
  })
}
