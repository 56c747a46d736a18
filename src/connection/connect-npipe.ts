import type { Connector } from '../engine/transport.ts'
import { connectUnix } from './connect-unix.ts'

/** The path Windows knows a pipe by: `//./pipe/docker_engine` of an npipe URL becomes `\\.\pipe\docker_engine`. */
export function pipePath(address: string): string {
  return address.replaceAll('/', '\\')
}

/** Connects to a named pipe; Node opens one as it opens a unix socket, by its path. */
export function connectNpipe(address: string): Connector {
  return connectUnix(pipePath(address))
}
