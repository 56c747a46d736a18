import { type KeyObject, sign } from 'node:crypto'
import fs from 'node:fs'
import { wrap } from '../../errors/cli-error.ts'
import { pathError } from '../../errors/os-error.ts'
import { AgentType } from './agent-messages.ts'
import type { Agent } from './ssh-agent.ts'
import { parsePrivateKey, publicBlob } from './ssh-private-key.ts'
import { mpint, string, uint32, WireReader } from './ssh-wire.ts'

/** Reads key files and gives what opens an agent that has these keys and no others. Throws, with the file's name, for what is no key of ours. */
export function openKeys(paths: readonly string[]): () => Agent {
  const keys = paths.map((path) => {
    const key = readKey(path)
    return { key, blob: publicBlob(key) }
  })
  return () => ({ answer: (request) => answer(request, keys), close: () => undefined })
}

interface Key {
  readonly key: KeyObject
  /** The public key as ssh writes it. */
  readonly blob: Buffer
}

function readKey(path: string): KeyObject {
  let text
  try {
    text = fs.readFileSync(path, 'latin1')
  } catch (error) {
    throw pathError('open', path, error)
  }
  try {
    return parsePrivateKey(text)
  } catch (error) {
    throw wrap(error, `failed to parse ${path}`)
  }
}

function answer(request: Buffer, keys: readonly Key[]): Buffer {
  const type = request[0]
  if (type === AgentType.requestIdentities) {
    const identities = keys.flatMap(({ blob }) => [string(blob), string('')])
    return Buffer.concat([Buffer.from([AgentType.identities]), uint32(keys.length), ...identities])
  }
  const signature = type === AgentType.signRequest ? signed(new WireReader(request.subarray(1)), keys) : undefined
  if (signature === undefined) return Buffer.from([AgentType.failure])
  return Buffer.concat([Buffer.from([AgentType.signature]), string(signature)])
}

function signed(request: WireReader, keys: readonly Key[]): Buffer | undefined {
  const [blob, data, flags] = [request.string(), request.string(), request.uint32()]
  const found = keys.find((key) => key.blob.equals(blob))
  if (found === undefined) return undefined
  const { key } = found
  if (key.asymmetricKeyType === 'ed25519') return Buffer.concat([string('ssh-ed25519'), string(sign(null, data, key))])
  if (key.asymmetricKeyType === 'rsa') {
    const [name, hash] = RSA_BY_FLAGS[flags & 6] ?? RSA_SHA512
    return Buffer.concat([string(name), string(sign(hash, data, key))])
  }
  const pair = sign(CURVE_HASHES[new WireReader(blob).string().toString()] ?? 'sha256', data, {
    key,
    dsaEncoding: 'ieee-p1363',
  })
  const half = pair.length / 2
  const numbers = Buffer.concat([mpint(pair.subarray(0, half)), mpint(pair.subarray(half))])
  return Buffer.concat([string(new WireReader(blob).string()), string(numbers)])
}

const RSA_SHA512 = ['rsa-sha2-512', 'sha512'] as const
/** What the flags of a request for a signature mean for RSA (RFC 8332). */
const RSA_BY_FLAGS: Readonly<Record<number, readonly [string, string]>> = {
  0: ['ssh-rsa', 'sha1'],
  2: ['rsa-sha2-256', 'sha256'],
  4: RSA_SHA512,
}
/** The hashes of curves (RFC 5656). */
const CURVE_HASHES: Readonly<Record<string, string>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
}
