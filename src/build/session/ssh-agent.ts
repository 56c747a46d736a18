import fs from 'node:fs'
import { connect } from 'node:net'
import { once } from 'node:events'
import { wrap } from '../../errors/cli-error.ts'
import { osReason, pathError } from '../../errors/os-error.ts'
import { quote } from '../../go/quote.ts'
import { serves, type Served, type ServedStream } from '../grpc/server.ts'
import { bytesMessage } from '../proto/filesync.ts'
import { ssh } from '../proto/session.ts'
import { agentMessages, AgentType } from './agent-messages.ts'
import type { SshFlag } from '../flags/ssh.ts'
import { metadataValues } from './metadata.ts'
import { string } from './ssh-wire.ts'

/** An open agent: the reply to each request, one after the other. */
export interface Agent {
  answer(request: Buffer): Promise<Buffer> | Buffer
  close(): void
}

type OpenAgent = () => Promise<Agent> | Agent

/**
 * Lets a build use ssh agents and keys by their names (BuildKit session/sshforward/sshprovider). It gets lists of keys and signatures;
 * what would change an agent is refused. Throws for a source that cannot be.
 */
export async function serveSsh(
  sources: readonly SshFlag[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Served> {
  const agents = new Map<string, OpenAgent>()
  for (const { id, paths } of sources) {
    const name = id || DEFAULT_ID
    if (agents.has(name)) throw new Error(`duplicate agent ID ${quote(name)}`)
    agents.set(name, await openerOf(name, paths, env))
  }
  const find = (id: string): OpenAgent => {
    const agent = agents.get(id)
    if (agent === undefined) throw new Error(`unset ssh forward key ${id}`)
    return agent
  }
  return serves(ssh, {
    checkAgent: ({ id }) => {
      find(id || DEFAULT_ID)
      return {}
    },
    forwardAgent: async (call) => {
      const id = metadataValues(call.metadata, 'buildkit.ssh.id')[0] || DEFAULT_ID
      const open = find(id)
      await forward(call, await opened(id, open))
    },
  })
}

async function openerOf(
  id: string,
  paths: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<OpenAgent> {
  const [first = '', ...others] = paths
  const socket = first === '' && others.length === 0 ? env.SSH_AUTH_SOCK : undefined
  if (first === '' && others.length === 0 && !socket) {
    throw new Error('invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set')
  }
  const places = socket ? [socket] : paths
  try {
    const [path = ''] = places.filter((place) => stat(place).isSocket())
    if (path === '') return (await import('./ssh-keys.ts')).openKeys(places)
    if (places.length > 1) throw new Error('only a single socket, or keys, are allowed')
    return () => connectAgent(path)
  } catch (error) {
    throw wrap(error, `failed to convert agent config for ID: ${quote(id)}`)
  }
}

function stat(path: string): fs.Stats {
  try {
    return fs.statSync(path)
  } catch (error) {
    throw pathError('stat', path, error)
  }
}

async function opened(id: string, open: OpenAgent): Promise<Agent> {
  try {
    return await open()
  } catch (error) {
    throw wrap(error, `failed to dial agent ${id}`)
  }
}

async function connectAgent(path: string): Promise<Agent> {
  const socket = connect(path)
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_TIMEOUT) })
  } catch (error) {
    socket.destroy()
    throw new Error(`failed to connect to ${path}: ${osReason(error)}`, { cause: error })
  }
  socket.on('error', () => undefined)
  const replies = agentMessages(socket)[Symbol.asyncIterator]()
  return {
    async answer(request) {
      socket.write(string(request))
      const { value, done } = await replies.next()
      if (done === true) throw new Error(`the ssh agent at ${path} ended the connection`)
      return value
    },
    close: () => socket.destroy(),
  }
}

async function forward(call: ServedStream, agent: Agent): Promise<void> {
  const close = (): void => agent.close()
  call.signal.addEventListener('abort', close, { once: true })
  try {
    for await (const request of agentMessages(received(call))) {
      await call.send(bytesMessage, { data: string(refusal(request) ?? (await agent.answer(request))) })
    }
  } finally {
    call.signal.removeEventListener('abort', close)
    agent.close()
  }
}

/** The answer to what might change an agent, or is no request of its own; undefined for what it may be asked. */
function refusal([type = 0]: Uint8Array): Uint8Array | undefined {
  if (HARMLESS.includes(type)) return undefined
  return Uint8Array.of(type === AgentType.extension ? AgentType.extensionFailure : AgentType.failure)
}

async function* received(call: ServedStream): AsyncGenerator<Uint8Array> {
  for await (const { data } of call.read(bytesMessage)) yield data
}

const DEFAULT_ID = 'default'
const CONNECT_TIMEOUT = 2000
const HARMLESS: readonly number[] = [AgentType.requestIdentities, AgentType.signRequest]
