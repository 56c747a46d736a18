import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseHost, parseHostUrl } from '../../src/connection/host.ts'

interface HostVector {
  in: string
  tls?: true
  host?: string
  err?: string
  address?: string
  path?: string
  urlErr?: string
}

/** What docker/cli's opts.ParseHost and the moby client's ParseHostURL answer. */
const hosts = JSON.parse(readFileSync(new URL('host-vectors.json', import.meta.url), 'utf8')) as HostVector[]

function attempt<T>(run: () => T): T | string {
  try {
    return run()
  } catch (error) {
    return `error: ${(error as Error).message}`
  }
}

describe('parseHost', () => {
  test.each(hosts)('$in', ({ in: text, tls, host, err, address, path, urlErr }) => {
    expect(attempt(() => parseHost(text, { tls: tls === true, platform: 'linux' }))).toBe(host ?? `error: ${err}`)
    if (host === undefined) return
    const parsed = attempt(() => parseHostUrl(host))
    if (urlErr === undefined) expect(parsed).toMatchObject({ address, path: path ?? '' })
    // Which byte of an address is wrong, Go tells in more words than matter here.
    else expect((parsed as string).slice(0, 40)).toBe(`error: ${urlErr}`.slice(0, 40))
  })

  test('has the named pipe for its default on Windows', () => {
    expect(parseHost('', { platform: 'win32' })).toBe('npipe:////./pipe/docker_engine')
  })
})
