import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config-file.ts'
import { temporaryFolder } from '../harness.ts'

async function load(text: string) {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'config.json'), text)
  const { data, problem } = await loadConfig(folder)
  return { data, problem: problem?.replace(folder, '') }
}

test('gives nothing where there is no file, or an empty one', async () => {
  const folder = temporaryFolder()
  expect(await loadConfig(join(folder, 'nowhere'))).toEqual({
    filename: join(folder, 'nowhere/config.json'),
    data: {},
    exists: false,
  })
  expect(await load('')).toEqual({ data: {}, problem: undefined })
  expect(await load(' \n')).toEqual({ data: {}, problem: undefined })
  expect(await load('null')).toEqual({ data: {}, problem: undefined })
})

test('reads credentials, with their server', async () => {
  const { data } = await load('{"auths":{"r.example":{"auth":"YWw6cDp3"},"t":{"identitytoken":"I"},"e":{"email":"x"}}}')
  expect(data.auths).toEqual({
    'r.example': { username: 'al', password: 'p:w', serveraddress: 'r.example' },
    t: { identitytoken: 'I', serveraddress: 't' },
    e: { serveraddress: 'e' },
  })
})

test('takes keys in any case', async () => {
  const { data } = await load('{"httpheaders":{"X":"y"},"PSFORMAT":"table","other":1}')
  expect(data).toEqual({ HttpHeaders: { X: 'y' }, psFormat: 'table' })
})

test('overlooks what follows the first value', async () => {
  expect(await load('{"psFormat":"x"} trailing')).toEqual({ data: { psFormat: 'x' }, problem: undefined })
})

test.each([
  ['{', 'unexpected EOF (line 1, column 2)'],
  ['{\n  "psFormat": "x"\n  "y": 1}', "invalid character '\"' after object key:value pair (line 3, column 3)"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string (line 1, column 2)"],
  ['[]', 'json: cannot unmarshal array into Go value of type configfile.ConfigFile'],
  ['true', 'json: cannot unmarshal bool into Go value of type configfile.ConfigFile'],
  ['{"psFormat":3}', 'json: cannot unmarshal number into Go struct field ConfigFile.psFormat of type string'],
  [
    '{"auths":3}',
    'json: cannot unmarshal number into Go struct field ConfigFile.auths of type map[string]types.AuthConfig',
  ],
  ['{"auths":{"x":3}}', 'json: cannot unmarshal number into Go struct field ConfigFile.auths of type types.AuthConfig'],
  [
    '{"auths":{"x":{"auth":3}}}',
    'json: cannot unmarshal number into Go struct field AuthConfig.auths.auth of type string',
  ],
  [
    '{"proxies":{"default":{"httpProxy":true}}}',
    'json: cannot unmarshal bool into Go struct field ProxyConfig.proxies.httpProxy of type string',
  ],
  [
    '{"cliPluginsExtraDirs":[1]}',
    'json: cannot unmarshal number into Go struct field ConfigFile.cliPluginsExtraDirs of type string',
  ],
  [
    '{"plugins":{"a":1}}',
    'json: cannot unmarshal number into Go struct field ConfigFile.plugins of type map[string]string',
  ],
  ['{"auths":{"x":{"auth":"!!"}}}', 'illegal base64 data at input byte 0'],
  ['{"auths":{"x":{"auth":"YWJj="}}}', 'illegal base64 data at input byte 4'],
  ['{"auths":{"x":{"auth":"YW"}}}', 'illegal base64 data at input byte 0'],
  ['{"auths":{"x":{"auth":"YWJj"}}}', 'invalid auth configuration file'],
  ['{"auths":{"x":{"auth":"OmE="}}}', 'invalid auth configuration file'],
])('says what is wrong with %s', async (text, problem) => {
  expect((await load(text)).problem).toBe(`parsing config file (/config.json): ${problem}`)
})

test('keeps what can be read beside a value of the wrong type', async () => {
  const { data, problem } = await load('{"psFormat":3,"imagesFormat":"x","features":{"a":true,"b":"c"}}')
  expect(data).toEqual({ imagesFormat: 'x', features: { a: '', b: 'c' } })
  expect(problem).toContain('ConfigFile.psFormat of type string')
})

test('says why a file cannot be read', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'config.json'))
  chmodSync(folder, 0o755)
  const { data, problem } = await loadConfig(folder)
  expect(data).toEqual({})
  expect(problem).toMatch(/^loading config file: .*config\.json: is a directory$/)
})
