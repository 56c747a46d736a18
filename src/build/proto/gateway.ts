import { bool, bytes, map, repeated, string } from './field.ts'
import { stat } from './filesync.ts'
import { embedded, message } from './message.ts'
import { definition } from './ops.ts'
import { service, unary } from './service.ts'

// BuildKit's frontend/gateway/pb/gateway.proto: what it takes to ask a frontend something or to read a file of a result, and to end the build.

const ref = message({ id: string(1), def: embedded(2, definition) })

const refMap = message({ refs: map(1, (number) => embedded(number, ref)) })

const result = message({
  refDeprecated: string(1),
  ref: embedded(3, ref),
  refs: embedded(4, refMap),
  metadata: map(10, bytes),
})

const cacheOptionsEntry = message({ type: string(1), attrs: map(2, string) })

const solveRequest = message({
  definition: embedded(1, definition),
  frontend: string(2),
  frontendOpt: map(3, string),
  allowResultReturn: bool(5),
  allowResultArrayRef: bool(6),
  cacheImports: repeated(embedded(12, cacheOptionsEntry)),
})

const solveResponse = message({ result: embedded(3, result) })

const fileRequest = { ref: string(1), path: string(2) }

const returnRequest = message({ result: embedded(1, result) })

/** What a build is asked through that a client steers by itself; the build is named in the headers. */
export const gateway = service('moby.buildkit.v1.frontend.LLBBridge', {
  solve: unary('Solve', solveRequest, solveResponse),
  statFile: unary('StatFile', message(fileRequest), message({ stat: embedded(1, stat) })),
  readFile: unary('ReadFile', message(fileRequest), message({ data: bytes(1) })),
  return: unary('Return', returnRequest, message({})),
})
