import { bytes, int32, repeated, string } from './field.ts'
import { embedded, message } from './message.ts'

const any = message({ typeUrl: string(1), value: bytes(2) })

/** How a call ended, as `grpc-status-details-bin` carries it (google.rpc.Status). BuildKit writes the details' values in JSON. */
export const rpcStatus = message({ code: int32(1), message: string(2), details: repeated(embedded(3, any)) })
