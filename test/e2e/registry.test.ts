import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'
import { account } from '../engines/declared.ts'

onEngines('docket pull and push', (engine) => {
  const { docket } = engine
  const { open, password, tls } = engine.testbed.registries

  test('to a registry without a password, and back', async () => {
    const image = `${open}/${engine.name}/open:1`
    await docket(['tag', 'busybox', image])
    const pushed = await docket(['push', image])
    expect(pushed).toMatchObject({ code: 0 })
    expect(pushed.stdout).toMatch(/digest: sha256:[0-9a-f]{64}/)
    await docket(['rmi', image])
    const pulled = await docket(['pull', image])
    expect(pulled).toMatchObject({ code: 0 })
    expect(pulled.stdout).toContain(image)
    expect((await docket(['run', '--rm', image, 'echo', 'pulled'])).stdout).toBe('pulled\n')
  })

  test('pull -q prints the name alone; push -q too', async () => {
    const image = `${open}/${engine.name}/quiet:1`
    await docket(['tag', 'busybox', image])
    expect((await docket(['push', '-q', image])).stdout).toBe(`${image}\n`)
    expect(await docket(['pull', '-q', image])).toMatchObject({ code: 0, stdout: `${image}\n`, stderr: '' })
  })

  test.runIf(engine.has('all-tags'))('pull -a gets every tag; push -a sends every tag', async () => {
    const name = `${open}/${engine.name}/many`
    for (const tag of ['1', '2']) await docket(['tag', 'busybox', `${name}:${tag}`])
    for (const tag of ['1', '2']) expect((await docket(['push', '-q', `${name}:${tag}`])).code).toBe(0)
    await docket(['rmi', `${name}:1`, `${name}:2`])
    const pulled = await docket(['pull', '-a', name])
    expect(pulled).toMatchObject({ code: 0 })
    expect(pulled.stdout.endsWith(`${name}\n`)).toBe(true)
    const tags = (await docket(['images', '--format', '{{.Tag}}', name])).stdout.trim().split('\n').toSorted()
    expect(tags).toEqual(['1', '2'])
    expect((await docket(['push', '-a', name])).code).toBe(0)
  })

  test('run pulls an image that is not there', async () => {
    const image = `${open}/${engine.name}/missing:1`
    await docket(['tag', 'busybox', image])
    await docket(['push', '-q', image])
    await docket(['rmi', image])
    const { stdout, stderr, code } = await docket(['run', '--rm', image, 'echo', 'there now'])
    expect({ stdout, code }).toEqual({ stdout: 'there now\n', code: 0 })
    expect(stderr).toContain(`Unable to find image '${image}' locally\n`)
    if (engine.kind === 'podman') return
    expect(stderr).toContain(`\n1: Pulling from ${engine.name}/missing\n`)
    expect(stderr).toMatch(/\nDigest: sha256:[0-9a-f]{64}\n/)
    expect(stderr.endsWith(`\nStatus: Downloaded newer image for ${image}\n`)).toBe(true)
  })

  test('a registry with a password takes the one in config.json, and refuses without', async () => {
    for (const registry of [password, tls]) {
      const image = `${registry}/${engine.name}/closed:1`
      await docket(['tag', 'busybox', image])
      writeConfig({ auths: { 'nowhere.invalid': { auth: encoded('a', 'b') } } })
      expect(await docket(['push', image])).toMatchObject({ code: 1 })
      writeConfig({ auths: { [registry]: { auth: encoded(account.username, 'wrong') } } })
      expect(await docket(['push', image])).toMatchObject({ code: 1 })
      writeConfig({ auths: { [registry]: { auth: encoded(account.username, account.password) } } })
      expect(await docket(['push', image])).toMatchObject({ code: 0 })
      await docket(['rmi', image])
      expect(await docket(['pull', image])).toMatchObject({ code: 0 })
      writeConfig({ auths: { 'nowhere.invalid': { auth: encoded('a', 'b') } } })
      await docket(['rmi', image])
      const refused = await docket(['pull', image])
      expect(refused.code).toBe(1)
      expect(refused.stderr).not.toBe('')
    }
  })

  test('what is not in the registry is an error with a name', async () => {
    const { code, stderr } = await docket(['pull', `${open}/no/such:1`])
    expect(code).toBe(1)
    expect(stderr).toMatch(/not found|manifest unknown/)
  })

  test('push -q of an image that is not there is an error with its name', async () => {
    const name = `${open}/nosuchimage`
    const { code, stdout, stderr } = await docket(['push', '--quiet', name])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain(name)
    if (engine.kind === 'docker') expect(stderr).toContain('does not exist')
  })

  test.runIf(engine.has('push-progress'))('shows progress by layer at a terminal', async () => {
    const image = `${open}/${engine.name}/shown:1`
    await docket(['tag', 'busybox', image])
    const terminal = engine.terminal(['push', image])
    await terminal.waitFor(/[0-9a-f]{12}: /)
    expect((await terminal.ended()).code).toBe(0)
    await docket(['rmi', image])
    const back = engine.terminal(['pull', image])
    await back.waitFor(image)
    expect((await back.ended()).code).toBe(0)
  })

  function writeConfig(config: object): void {
    writeFileSync(join(engine.config, 'config.json'), JSON.stringify(config))
  }
})

function encoded(username: string, password: string): string {
  return Buffer.from(`${username}:${password}`).toString('base64')
}
