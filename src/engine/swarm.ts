import type { Sendable } from './sendable.ts'
import { flag } from './path.ts'
import type { Wire } from './reply.ts'
import type { CallOptions, Requester } from './requester.ts'
import type { SwarmDescription, SwarmInitRequest, SwarmJoinRequest, SwarmSpec } from './types/swarm-info.ts'
import { wires } from './wires.ts'

/** What an update of the swarm makes anew besides its specification. */
export interface SwarmRotation {
  /** The token by which workers join. */
  workerToken?: boolean
  /** The token by which managers join. */
  managerToken?: boolean
  /** The key that unlocks managers after a restart. */
  managerUnlockKey?: boolean
}

/** The swarm that an engine is part of; methods are named after the API operations. Tokens and keys are nobody else's to see. */
export class Swarm {
  readonly #requester: Requester

  constructor(requester: Requester) {
    this.#requester = requester
  }

  /** Makes a swarm of which the engine is the first manager, and gives its node's ID: POST /swarm/init. */
  async init(request: SwarmInitRequest, options: CallOptions = {}): Promise<string> {
    const body = await encode(requests.init, request)
    return this.#requester.json({ ...post('/swarm/init', options), ...body }, wires.swarmInitialized)
  }

  /** Describes the swarm with its join tokens: GET /swarm. Only managers can; others throw EngineError (503). */
  inspect(options: CallOptions = {}): Promise<SwarmDescription> {
    return this.#requester.json({ path: '/swarm', signal: options.signal }, wires.swarm)
  }

  /** Makes the engine a node of a swarm, the token says whether as a worker or as a manager: POST /swarm/join. */
  async join(request: SwarmJoinRequest, options: CallOptions = {}): Promise<void> {
    await this.#requester.run({ ...post('/swarm/join', options), ...(await encode(requests.join, request)) })
  }

  /** Makes the engine leave its swarm, with `force` even where that takes a manager away: POST /swarm/leave. */
  async leave(options: CallOptions & { force?: boolean } = {}): Promise<void> {
    await this.#requester.run({ ...post('/swarm/leave', options), query: { force: flag(options.force) } })
  }

  /** Gives a locked manager the key to its own data: POST /swarm/unlock. */
  async unlock(key: string, options: CallOptions = {}): Promise<void> {
    await this.#requester.run({ ...post('/swarm/unlock', options), json: { UnlockKey: key } })
  }

  /** Gives the key that managers ask for after a restart: GET /swarm/unlockkey. Empty where they are not locked. */
  async unlockKey(options: CallOptions = {}): Promise<string> {
    const request = { path: '/swarm/unlockkey', signal: options.signal }
    return (await this.#requester.json<{ UnlockKey: string }>(request, wires.swarmUnlockKey)).UnlockKey
  }

  /** Changes a swarm whose specification is at `version`, and makes anew what `rotate` names: POST /swarm/update. */
  async update(
    version: number,
    spec: Sendable<SwarmSpec>,
    options: CallOptions & { rotate?: SwarmRotation } = {},
  ): Promise<void> {
    const { workerToken = false, managerToken = false, managerUnlockKey = false } = options.rotate ?? {}
    const query = {
      version,
      rotateWorkerToken: workerToken,
      rotateManagerToken: managerToken,
      rotateManagerUnlockKey: managerUnlockKey,
    }
    await this.#requester.run({ ...post('/swarm/update', options), query, ...(await encode(requests.spec, spec)) })
  }
}

const types = () => import('../wire/swarm.ts')

/** The Go types of what is sent. */
const requests = {
  init: async () => (await types()).initRequest,
  join: async () => (await types()).joinRequest,
  spec: async () => (await import('../wire/swarm-cluster.ts')).swarmSpec,
} satisfies Record<string, Wire>

function post(
  path: string,
  { signal }: CallOptions,
): { method: string; path: string; signal: AbortSignal | undefined } {
  return { method: 'POST', path, signal }
}

/** A body with every field that Go writes for the type, and none that the type does not know. */
async function encode(wire: Wire, raw: unknown): Promise<{ body: string; headers: Record<string, string> }> {
  const [type, { marshal }, { value }] = await Promise.all([wire(), import('../go/json.ts'), import('../go/types.ts')])
  return { body: marshal(value(type, raw)), headers: { 'Content-Type': 'application/json' } }
}
