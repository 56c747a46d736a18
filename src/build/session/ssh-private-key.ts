import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { mpint, string, WireReader } from './ssh-wire.ts'

/** Takes a private key's file, in PEM or OpenSSH's own format, RSA, ECDSA or Ed25519. Throws for others, and for one with a passphrase. */
export function parsePrivateKey(text: string): KeyObject {
  const [, kind = '', body = ''] = /-----BEGIN ([^-]+)-----\s([^]*?)-----END /.exec(text) ?? []
  if (kind === '') throw new Error('ssh: no key found')
  if (kind === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type: 4,ENCRYPTED')) throw protectedKey()
  const key = kind === 'OPENSSH PRIVATE KEY' ? parseOpenSsh(Buffer.from(body, 'base64')) : createPrivateKey(text)
  if (!['rsa', 'ec', 'ed25519'].includes(key.asymmetricKeyType ?? '')) {
    throw new Error(`ssh: unsupported key type ${key.asymmetricKeyType ?? ''}`)
  }
  return key
}

/** A key's public half as ssh writes it (RFC 4253, section 6.6; RFC 5656; RFC 8709). */
export function publicBlob(key: KeyObject): Buffer {
  const { n = '', e = '', x = '', y = '', crv = '' } = key.export({ format: 'jwk' })
  const [modulus, exponent, first, second] = [n, e, x, y].map((value) => Buffer.from(value, 'base64url'))
  if (key.asymmetricKeyType === 'ed25519') return Buffer.concat([string('ssh-ed25519'), string(first ?? '')])
  if (key.asymmetricKeyType === 'rsa') {
    return Buffer.concat([string('ssh-rsa'), mpint(exponent ?? Buffer.alloc(0)), mpint(modulus ?? Buffer.alloc(0))])
  }
  const curve = crv.replace('P-', 'nistp')
  const point = Buffer.concat([Buffer.from([4]), first ?? Buffer.alloc(0), second ?? Buffer.alloc(0)])
  return Buffer.concat([string(`ecdsa-sha2-${curve}`), string(curve), string(point)])
}

/** OpenSSH's PROTOCOL.key. */
function parseOpenSsh(bytes: Buffer): KeyObject {
  const reader = new WireReader(bytes)
  if (reader.take(MAGIC.length).toString() !== MAGIC) throw new Error('ssh: invalid openssh private key format')
  const cipher = reader.string().toString()
  if (cipher !== 'none') throw protectedKey()
  // The derivation of the cipher's key and its options.
  reader.string()
  reader.string()
  if (reader.uint32() !== 1) throw new Error('ssh: multi-key files are not supported')
  reader.string()
  const inner = new WireReader(reader.string())
  if (inner.uint32() !== inner.uint32()) throw new Error('ssh: malformed OpenSSH key')
  return createPrivateKey({ format: 'jwk', key: toJwk(inner.string().toString(), inner) })
}

function toJwk(type: string, reader: WireReader): JsonWebKey {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
  if (type === 'ssh-ed25519') {
    const x = base64(reader.string())
    return { kty: 'OKP', crv: 'Ed25519', x, d: base64(reader.string().subarray(0, 32)) }
  }
  if (type === 'ssh-rsa') {
    const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.mpint())
    const rest = (prime: Buffer | undefined): string => base64(modulo(d, prime))
    const [dp, dq] = [rest(p), rest(q)]
    const [n64 = '', e64 = '', d64 = '', qi64 = '', p64 = '', q64 = ''] = [n, e, d, qi, p, q].map((bytes) =>
      base64(bytes ?? Buffer.alloc(0)),
    )
    return { kty: 'RSA', n: n64, e: e64, d: d64, p: p64, q: q64, dp, dq, qi: qi64 }
  }
  const curve = /^ecdsa-sha2-nistp(256|384|521)$/.exec(type)?.[1]
  if (curve === undefined) throw new Error(`ssh: unsupported key type ${type}`)
  reader.string()
  const point = reader.string().subarray(1)
  const half = point.length / 2
  const number = reader.mpint()
  const d = Buffer.concat([Buffer.alloc(Math.max(0, half - number.length)), number])
  return {
    kty: 'EC',
    crv: `P-${curve}`,
    x: base64(point.subarray(0, half)),
    y: base64(point.subarray(half)),
    d: base64(d),
  }
}

/** The private exponent modulo a prime less one, by which RSA is computed faster. */
function modulo(exponent: Buffer | undefined, prime: Buffer | undefined): Buffer {
  const number = (bytes: Buffer | undefined): bigint => BigInt(`0x${bytes?.toString('hex') || '0'}`)
  const hex = (number(exponent) % (number(prime) - 1n)).toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

function protectedKey(): Error {
  return new Error('ssh: this private key is passphrase protected; load it into an agent with ssh-add')
}

const MAGIC = 'openssh-key-v1\0'
