import { toJson } from '../../go/json-data.ts'
import { compareStrings } from '../../go/strings.ts'
import { messageOf, wrap } from '../../errors/cli-error.ts'
import { encodeAuth } from '../../config/auth.ts'
import type { AuthConfig } from '../../config/data.ts'
import { allCredentials } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import type { CreateRequest } from './_create/request.ts'

const socket = '/var/run/docker.sock'
const configPath = '/run/secrets/docker/config.json'

/** A request that shares the engine's socket, and what is left to do in the container made by it. */
export interface SharedSocket {
  readonly request: CreateRequest
  /** Puts the credentials into the container; gives what went wrong as warnings. */
  inject(id: string): Promise<string[]>
}

/** Adds the engine's socket and, unless the container has a DOCKER_CONFIG of its own, the registries' credentials (docker/cli container/create.go). */
export async function shareSocket(context: Context, request: CreateRequest): Promise<SharedSocket> {
  const { osType } = await (await context.engine()).ping(context.signal)
  if (osType === 'windows') throw new Error("flag --use-api-socket can't be used with a Windows Docker Engine")
  const mount = { Type: 'bind', Source: socket, Target: socket, BindOptions: {} }
  const host = { ...request.HostConfig, Mounts: [...(request.HostConfig.Mounts ?? []), mount] }
  const shared = { ...request, HostConfig: host }
  const env = request.Env ?? []
  if (env.some((variable) => variable.startsWith('DOCKER_CONFIG='))) return { request: shared, inject: async () => [] }
  const credentials = await readCredentials(context)
  if (Object.keys(credentials).length === 0) return { request: shared, inject: async () => [] }
  return {
    request: { ...shared, Env: [...env, 'DOCKER_CONFIG=/run/secrets/docker'] },
    inject: (id) => inject(context, id, credentials),
  }
}

async function readCredentials(context: Context): Promise<Record<string, AuthConfig>> {
  try {
    return await allCredentials(context)
  } catch (error) {
    throw wrap(error, 'resolving credentials failed: resolving credentials failed')
  }
}

async function inject(context: Context, id: string, credentials: Record<string, AuthConfig>): Promise<string[]> {
  const auths = Object.entries(credentials).toSorted(([a], [b]) => compareStrings(a, b))
  const stored = auths.map(([server, auth]) => [server, storedAuth(auth)])
  const content = Buffer.from(toJson({ auths: Object.fromEntries(stored) }, { indent: '\t' }))
  try {
    const { containers } = await context.engine()
    await containers.putArchive(id, '/', tarOf(configPath, content), { signal: context.signal })
    return []
  } catch (error) {
    const reason = `copying config.json into container failed: ${messageOf(error)}`
    return [`injecting docker config.json into container failed: ${reason}`]
  }
}

function storedAuth(auth: AuthConfig): AuthConfig {
  const { identitytoken, registrytoken } = auth
  return Object.fromEntries(
    Object.entries({ auth: encodeAuth(auth), identitytoken, registrytoken }).filter(([, value]) => value),
  )
}

/** A tar archive with one file that its owner alone may read; too small a thing to load an archiver for. */
function tarOf(name: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(512)
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`
  const fields: [number, string][] = [
    [0, name],
    [100, octal(0o600, 8)],
    [108, octal(0, 8)],
    [116, octal(0, 8)],
    [124, octal(content.length, 12)],
    [136, octal(0, 12)],
    [148, ' '.repeat(8)],
    [156, '0'],
    [257, 'ustar\x0000'],
  ]
  for (const [offset, text] of fields) header.write(text, offset, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512), Buffer.alloc(1024)])
}
