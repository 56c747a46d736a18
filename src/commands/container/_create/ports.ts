import type { PortMap } from '../../../engine/types/network.ts'
import { parseExpose, parsePortMapping, toShortPublish } from '../../../parse/port.ts'
import { wrap } from '../../../errors/cli-error.ts'

/** Gives what `--publish` binds on the host, and all ports that it and `--expose` open, by port and protocol. */
export function toPorts(publish: readonly string[], expose: readonly string[]) {
  const short = publish.map(toShortPublish)
  const bindings: PortMap = {}
  for (const { port, hostIp, hostPort } of short.flatMap(parsePortMapping)) {
    ;(bindings[port] ??= []).push({ HostIp: hostIp, HostPort: hostPort })
  }
  const ports = [...Object.keys(bindings), ...expose.flatMap(readExpose)]
  const exposed: Record<string, Record<string, never>> = Object.fromEntries(ports.map((port) => [port, {}]))
  return { bindings, exposed }
}

function readExpose(text: string): string[] {
  try {
    return parseExpose(text)
  } catch (error) {
    throw wrap(error, 'invalid range format for --expose')
  }
}
