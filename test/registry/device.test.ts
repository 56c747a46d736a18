import { expect, onTestFinished, test } from 'vitest'
import {
  awaitTokens,
  type DeviceLogin,
  makeAccessToken,
  requestDeviceCode,
  revokeToken,
} from '../../src/registry/device.ts'
import { HttpClient } from '../../src/registry/http.ts'
import { json, server, type Got } from './server.ts'

function login(base: URL, now = (): Date => new Date()): DeviceLogin {
  const http = new HttpClient({ env: {}, userAgent: 'test', now })
  onTestFinished(() => http.close())
  return { http, tenant: base, audience: base, clientId: 'me', signal: new AbortController().signal, now }
}

const claims = Buffer.from(JSON.stringify({ 'https://hub.docker.com': { username: 'ali' } })).toString('base64url')
const code = { deviceCode: 'D', userCode: 'U', verificationUrl: 'http://v', expiresIn: 5, interval: 0 }

test('walks from the code to the token', async () => {
  let asked = 0
  const { base, got } = await server(({ url }, response) => {
    if (url === '/oauth/device/code') {
      return json(response, 200, {
        device_code: 'D',
        user_code: 'U',
        verification_uri_complete: 'http://v',
        interval: 0,
        expires_in: 5,
      })
    }
    if (url === '/v2/access-tokens/desktop-generate') return json(response, 201, { data: { token: 'pat' } })
    asked++
    return asked < 3
      ? json(response, 403, { error: 'authorization_pending' })
      : json(response, 200, { access_token: `h.${claims}.s`, refresh_token: 'R' })
  })
  const device = login(base)
  expect(await requestDeviceCode(device)).toEqual(code)
  const tokens = await awaitTokens(device, code)
  expect(tokens).toEqual({ accessToken: `h.${claims}.s`, refreshToken: 'R', username: 'ali' })
  expect(await makeAccessToken(device, tokens)).toBe('pat')
  const form = (one: Got | undefined) => Object.fromEntries(new URLSearchParams(one?.body))
  expect(form(got[0])).toEqual({ client_id: 'me', audience: base.origin, scope: 'openid offline_access' })
  expect(form(got[1])).toMatchObject({ client_id: 'me', device_code: 'D' })
  expect(got.at(-1)?.headers.authorization).toBe(`Bearer h.${claims}.s`)
})

test('says why a login came to nothing', async () => {
  const { base } = await server((_, response) => json(response, 403, { error: 'denied', error_description: 'not you' }))
  const device = login(base)
  await expect(awaitTokens(device, code)).rejects.toThrow('not you')
  await expect(awaitTokens(device, { ...code, expiresIn: 0 })).rejects.toThrow('timed out waiting for device token')
  await expect(revokeToken(device, 'R')).rejects.toThrow('not you')
  await expect(makeAccessToken(device, { accessToken: '', refreshToken: '', username: '' })).rejects.toThrow(
    'unexpected response from Hub: 403 Forbidden',
  )
})

test('ends with the code by the clock that it is given', async () => {
  let time = Date.UTC(2026, 0, 1)
  const { base } = await server((_, response) => {
    time += 6000
    return json(response, 403, { error: 'authorization_pending' })
  })
  const device = login(base, () => new Date(time))
  await expect(awaitTokens(device, code)).rejects.toThrow('timed out waiting for device token')
  expect(time).toBe(Date.UTC(2026, 0, 1, 0, 0, 6))
})
