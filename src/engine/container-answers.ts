import type { ReplyError } from './errors.ts'
import { decodeReply, readText } from './reply.ts'
import type { ResponseBody, TransportResponse } from './transport.ts'
import type { ContainerPathStat, ContainerWaitResponse } from './types/container.ts'
import { wires } from './wires.ts'

/**
 * Reads how a container ended. An error after the head has gone out comes as plain text in place of the JSON, and is thrown as
 * it is (moby client `ContainerWait`).
 */
export async function waitForExit(body: ResponseBody, endpoint: string): Promise<ContainerWaitResponse> {
  const text = await readText(body, endpoint)
  try {
    return await decodeReply(text, endpoint, await wires.containerExit())
  } catch (error) {
    const { expected, message } = error as Partial<ReplyError>
    if (expected !== 'JSON' || message === 'unexpected EOF') throw error
    throw new Error(text.slice(0, MESSAGE_LIMIT), { cause: error })
  }
}

const MESSAGE_LIMIT = 2048

/** What the header of an archive's answer says of a path in a container. */
export async function pathStat({ headers }: TransportResponse): Promise<ContainerPathStat> {
  const text = Buffer.from(headers['x-docker-container-path-stat'] ?? '', 'base64').toString()
  try {
    return await decodeReply(text, 'the archive (X-Docker-Container-Path-Stat)', await wires.containerPath())
  } catch (error) {
    throw new Error(`unable to decode container path stat header: ${(error as Error).message}`, { cause: error })
  }
}
