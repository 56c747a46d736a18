import { string } from '../../cli/flags.ts'

/** The flags that every command of `stack` takes (docker/cli command/stack newStackCommand). */
export const stackFlags = {
  orchestrator: string('Orchestrator to use (swarm|all)', { hidden: true, deprecated: 'option will be ignored' }),
}
