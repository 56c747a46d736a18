import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from '../../src/config/config-file.ts'
import { changeConfig } from '../../src/config/save.ts'
import { temporaryFolder } from '../harness.ts'
import { programArgv } from '../program.ts'

const servers = Array.from({ length: 20 }, (_, i) => `registry-${i}.example.com`)
const entry = { username: 'me', password: 'secret' }

test('twenty changes at once are all kept, and nothing is left beside the file', async () => {
  const folder = temporaryFolder()
  const configs = await Promise.all(servers.map(() => loadConfig(folder)))
  await Promise.all(servers.map((server, i) => changeConfig(configs[i]!, { auths: { [server]: entry } })))
  const { data } = await loadConfig(folder)
  expect(Object.keys(data.auths ?? {}).toSorted()).toEqual(servers.toSorted())
  expect(fs.readdirSync(folder)).toEqual(['config.json'])
})

test('what killed programs have left is removed: a lock, and credentials beside the file', async () => {
  const folder = temporaryFolder()
  for (const name of ['config.json.lock', 'config.json0123456789', 'config.json.0123456789', 'config.json.old']) {
    fs.writeFileSync(path.join(folder, name), '')
    fs.utimesSync(path.join(folder, name), 1, 1)
  }
  fs.writeFileSync(path.join(folder, 'config.jsonaaaaaaaaaa'), '')
  await changeConfig(await loadConfig(folder), { currentContext: 'one' })
  expect(fs.readdirSync(folder).toSorted()).toEqual([
    'config.json',
    'config.json.0123456789',
    'config.json.old',
    'config.jsonaaaaaaaaaa',
  ])
})

test('of several contexts of one name made at once, one is made', async () => {
  const folder = temporaryFolder()
  const made = await Promise.all(
    Array.from({ length: 8 }, async (_, i) => {
      const argv = ['context', 'create', 'same', '--docker', `host=tcp://localhost:${i + 1}`]
      const [file = '', ...args] = programArgv()
      const env = { PATH: process.env.PATH, DOCKER_CONFIG: folder, HOME: folder }
      const child = spawn(file, [...args, ...argv], { env, stdio: 'ignore' })
      const [status] = (await once(child, 'exit')) as [number]
      return status
    }),
  )
  expect(made.filter((status) => status === 0)).toHaveLength(1)
})
