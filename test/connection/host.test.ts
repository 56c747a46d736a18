import { describe, expect, test } from 'vitest'
import { parseHost, parseHostUrl } from '../../src/connection/host.ts'
import { HOSTS } from './host-vectors.ts'

function attempt<T>(run: () => T): T | string {
  try {
    return run()
  } catch (error) {
    return `error: ${(error as Error).message}`
  }
}

describe('parseHost', () => {
  test.each(HOSTS)('$in', ({ in: text, tls, host, err, address, path, urlErr }) => {
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
