import { randomBytes } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import type { Context } from '../context.ts'
import { temporaryFolder } from '../go/temporary-folder.ts'

/** A socket whose closing tells a plugin to end. */
export interface PluginSocket {
  readonly address: string
  close(): void
}

/** Opens the socket that plugins watch; undefined where there can be none (docker/cli cli-plugins/socket). */
export function listenForPlugin({
  env,
  platform,
}: Pick<Context, 'env' | 'platform'>): Promise<PluginSocket | undefined> {
  if (platform === 'win32') return Promise.resolve(undefined)
  // Names of Linux's abstract space would leave no file behind, but Node 20 pads them, and no plugin finds them then.
  const path = join(temporaryFolder(env), `docker_cli_${randomBytes(16).toString('hex')}`)
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
        address: path,
        close() {
          for (const connection of connections) connection.end()
          server.close()
        },
      })
    })
  })
}
