import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config-file.ts'
import { changeConfig } from '../../src/config/save.ts'
import { temporaryFolder } from '../harness.ts'

function existing(text: string, mode = 0o600): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'config.json'), text, { mode })
  return folder
}

const read = (folder: string): string => readFileSync(join(folder, 'config.json'), 'utf8')

test('makes folder and file for their owner alone', async () => {
  const folder = join(temporaryFolder(), 'a/b')
  await changeConfig(await loadConfig(folder), { currentContext: 'x' })
  expect(read(folder)).toBe('{\n\t"auths": {},\n\t"currentContext": "x"\n}')
  expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o600)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
})

test('keeps unknown keys, the order and the mode', async () => {
  const folder = existing(
    '{"mine":{"a":[1,{}]},"psFormat":"x","auths":{"s":{"auth":"YTpi","email":"e"}},"z":null}',
    0o644,
  )
  const config = await loadConfig(folder)
  await changeConfig(config, { currentContext: 'c', psFormat: undefined })
  expect(JSON.parse(read(folder))).toEqual({
    mine: { a: [1, {}] },
    auths: { s: { auth: 'YTpi', email: 'e' } },
    z: null,
    currentContext: 'c',
  })
  expect(Object.keys(JSON.parse(read(folder)) as object)).toEqual(['mine', 'auths', 'z', 'currentContext'])
  expect(statSync(join(folder, 'config.json')).mode & 0o777).toBe(0o644)
  expect(config.data).toMatchObject({ currentContext: 'c', psFormat: undefined })
})

test('stores and removes credentials', async () => {
  const folder = existing(
    '{"auths":{"old":{"username":"u","password":"p","serveraddress":"old"},"gone":{"auth":"YTpi"}}}',
  )
  const config = await loadConfig(folder)
  await changeConfig(config, {
    auths: { new: { username: 'al', password: 'a<b', serveraddress: 'new', identitytoken: 'I' }, gone: undefined },
  })
  expect(JSON.parse(read(folder))).toEqual({
    auths: { old: { auth: 'dTpw' }, new: { auth: 'YWw6YTxi', identitytoken: 'I' } },
  })
  expect(Object.keys(config.data.auths ?? {})).toEqual(['old', 'new'])
})

test('keeps what another program wrote since', async () => {
  const folder = existing('{}')
  const config = await loadConfig(folder)
  writeFileSync(join(folder, 'config.json'), '{"auths":{"other":{"auth":"YTpi"}}}')
  await changeConfig(config, { auths: { mine: { username: 'u', password: 'p' } } })
  expect(Object.keys((JSON.parse(read(folder)) as { auths: object }).auths)).toEqual(['other', 'mine'])
})

test('drops an empty key and a stored User-Agent, escapes as Go does', async () => {
  const folder = existing('{"HttpHeaders":{"user-agent":"x","A":"<&>"},"plugins":{},"credsStore":""}')
  await changeConfig(await loadConfig(folder), {})
  expect(read(folder)).toBe('{\n\t"auths": {},\n\t"HttpHeaders": {\n\t\t"A": "\\u003c\\u0026\\u003e"\n\t}\n}')
})

test('writes through symbolic links, also to nothing', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'real'))
  symlinkSync('real/target.json', join(folder, 'config.json'))
  await changeConfig(await loadConfig(folder), { currentContext: 'one' })
  await changeConfig(await loadConfig(folder), { currentContext: 'two' })
  expect(lstatSync(join(folder, 'config.json')).isSymbolicLink()).toBe(true)
  expect(readlinkSync(join(folder, 'config.json'))).toBe('real/target.json')
  expect(readdirSync(join(folder, 'real'))).toEqual(['target.json'])
  expect(JSON.parse(readFileSync(join(folder, 'real/target.json'), 'utf8'))).toEqual({
    auths: {},
    currentContext: 'two',
  })
})

test('does not overwrite a malformed file', async () => {
  const folder = existing('{"auths": {')
  const config = await loadConfig(folder)
  await expect(changeConfig(config, { currentContext: 'x' })).rejects.toThrow(/malformed config file .*unexpected EOF/)
  expect(read(folder)).toBe('{"auths": {')
  expect(readdirSync(folder)).toEqual(['config.json'])
})

test('leaves values of a wrong type as they are', async () => {
  const folder = existing('{"psFormat":3,"auths":{"bad":7,"worse":{"auth":"!!"}}}')
  await changeConfig(await loadConfig(folder), { auths: { s: { username: 'u', password: 'p' } } })
  expect(JSON.parse(read(folder))).toEqual({
    psFormat: 3,
    auths: { bad: 7, worse: { auth: '!!' }, s: { auth: 'dTpw' } },
  })
})
