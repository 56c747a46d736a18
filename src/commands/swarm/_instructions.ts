import { wrap } from '../../errors/cli-error.ts'
import type { Context } from '../../context.ts'
import type { Engine } from '../../engine/engine.ts'

/** Prints by which command other nodes join as `role`, as the manager `nodeId` is reached. */
export async function printJoinCommand(
  { out, signal }: Pick<Context, 'out' | 'signal'>,
  { nodes, swarm }: Engine,
  nodeId: string,
  role: 'worker' | 'manager',
): Promise<void> {
  const { ManagerStatus } = await nodes.inspect(nodeId, { signal })
  const { JoinTokens } = await swarm.inspect({ signal })
  if (!ManagerStatus) return
  const token = role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager
  out.write(
    `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${token} ${ManagerStatus.Addr ?? ''}\n\n`,
  )
}

/** Asks for the key that unlocks managers. */
export async function fetchUnlockKey({ signal }: Pick<Context, 'signal'>, { swarm }: Engine): Promise<string> {
  try {
    return await swarm.unlockKey({ signal })
  } catch (error) {
    signal.throwIfAborted()
    throw wrap(error, 'could not fetch unlock key')
  }
}

/** Prints what to do with the key that unlocks managers, where there is one. */
export function printUnlockKey({ out }: Pick<Context, 'out'>, key: string): void {
  if (key === '') return
  out.write(
    `To unlock a swarm manager after it restarts, run the \`docker swarm unlock\`\ncommand and provide the following key:\n\n    ${key}\n\nRemember to store this key in a password manager, since without it you\nwill not be able to restart the manager.\n`,
  )
}
