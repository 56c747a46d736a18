import { expect, test } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const found = [
  { name: 'nginx', description: 'Official\nbuild', star_count: 19, is_official: true },
  { name: 'me/nginx', description: 'x'.repeat(60), star_count: 0, is_official: false },
]

test('asks with limit, filters and credentials of the registry that the term names', async () => {
  const engine = await fakeEngine({ 'GET /images/search': { json: [] } })
  const config = { auths: { 'r.example': { username: 'a', password: 'b', serveraddress: 'r.example' } } }
  await run(['search', '--limit', '5', '-f', 'stars=3', 'r.example/x'], { engine, config })
  expect(engine.requests[0]?.query).toEqual({ term: 'r.example/x', limit: '5', filters: '{"stars":{"3":true}}' })
  expect(engine.requests[0]?.headers['x-registry-auth']).toBe(
    Buffer.from('{"username":"a","password":"b","serveraddress":"r.example"}').toString('base64'),
  )
})

test('shows a table, long descriptions cut', async () => {
  const engine = await fakeEngine({ 'GET /images/search': { json: found } })
  const { stdout } = await run(['search', 'nginx'], { engine })
  expect(stdout.split('\n')).toEqual([
    'NAME       DESCRIPTION                                     STARS     OFFICIAL',
    'nginx      Official build                                  19        [OK]',
    `me/nginx   ${'x'.repeat(44)}…   0         `,
    '',
  ])
})

test('words its flags otherwise in JSON, and from then on', async () => {
  const engine = await fakeEngine({ 'GET /images/search': { json: found.slice(0, 1) } })
  const { stdout } = await run(['search', '--format', '{{.IsOfficial}} {{json .}} {{.IsOfficial}}', 'nginx'], {
    engine,
  })
  expect(stdout).toBe(
    '[OK] {"Description":"Official build","IsOfficial":"true","Name":"nginx","StarCount":"19"} true\n',
  )
})

test('goes on without credentials when the store fails', async () => {
  const engine = await fakeEngine({ 'GET /images/search': { json: [] } })
  const { exitCode } = await run(['search', 'nginx'], { engine, config: { credsStore: 'nowhere' } })
  expect(exitCode).toBe(0)
  expect(engine.requests[0]?.headers['x-registry-auth']).toBe('e30=')
})
