import { bytes, int64, map, repeated, string, uint32 } from './field.ts'
import { message } from './message.ts'
import { service, stream, unary } from './service.ts'

// What BuildKit asks of a client while it builds, besides files: session/{auth,secrets,sshforward,upload} and gRPC's health.
// What streams is in `bytesMessage`s.

export const auth = service('moby.filesync.v1.Auth', {
  credentials: unary('Credentials', message({ host: string(1) }), message({ username: string(1), secret: string(2) })),
  fetchToken: unary(
    'FetchToken',
    message({
      clientId: string(1),
      host: string(2),
      realm: string(3),
      service: string(4),
      scopes: repeated(string(5)),
    }),
    message({ token: string(1), expiresIn: int64(2), issuedAt: int64(3) }),
  ),
  getTokenAuthority: unary(
    'GetTokenAuthority',
    message({ host: string(1), salt: bytes(2) }),
    message({ publicKey: bytes(1) }),
  ),
  verifyTokenAuthority: unary(
    'VerifyTokenAuthority',
    message({ host: string(1), payload: bytes(2), salt: bytes(3) }),
    message({ signed: bytes(1) }),
  ),
})

export const secrets = service('moby.buildkit.secrets.v1.Secrets', {
  getSecret: unary('GetSecret', message({ id: string(1), annotations: map(2, string) }), message({ data: bytes(1) })),
})

export const ssh = service('moby.sshforward.v1.SSH', {
  checkAgent: unary('CheckAgent', message({ id: string(1) }), message({})),
  forwardAgent: stream('ForwardAgent'),
})

export const upload = service('moby.upload.v1.Upload', { pull: stream('Pull') })

export const health = service('grpc.health.v1.Health', {
  check: unary('Check', message({ service: string(1) }), message({ status: uint32(1) })),
})
