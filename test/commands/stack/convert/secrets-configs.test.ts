import { describe, expect, it } from 'vitest'
import { configReferences, secretReferences } from '../../../../src/commands/stack/_convert/references.ts'
import { toSecretConfigSpecs } from '../../../../src/commands/stack/_convert/secrets-configs.ts'

const label = { 'com.docker.stack.namespace': 'foo' }
const read = (filename: string) => Promise.resolve(Buffer.from(filename === '/empty' ? '' : `text of ${filename}`))
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('the secrets and configs of a stack', () => {
  it('hold what their files hold, and are not made where they are external', async () => {
    const objects = {
      one: { file: '/one', labels: { monster: 'mash' } },
      ext: { external: { external: true }, name: 'ext' },
      two: { file: '/empty', name: 'named', template_driver: 'golang' },
    }
    for (const kind of ['secret', 'config'] as const) {
      expect(await toSecretConfigSpecs(kind, 'foo', objects, read)).toEqual([
        { Name: 'foo_one', Labels: { monster: 'mash', ...label }, Data: base64('text of /one') },
        { Name: 'named', Labels: label, Templating: { Name: 'golang' } },
      ])
    }
  })

  it('come from a driver only as secrets', async () => {
    const objects = {
      s: { file: '/s', driver: 'vault', driver_opts: { path: 'p' } },
      t: { driver: 'plain', file: '/t' },
    }
    expect(await toSecretConfigSpecs('secret', 'foo', objects, read)).toEqual([
      { Name: 'foo_s', Labels: label, Driver: { Name: 'vault', Options: { path: 'p' } } },
      { Name: 'foo_t', Labels: label, Driver: { Name: 'plain' } },
    ])
    expect(await toSecretConfigSpecs('config', 'foo', objects, read)).toEqual([
      { Name: 'foo_s', Labels: label, Data: base64('text of /s') },
      { Name: 'foo_t', Labels: label, Data: base64('text of /t') },
    ])
  })
})

describe('what a service uses of them', () => {
  const defaults = { UID: '0', GID: '0', Mode: 0o444 }

  it('is a file called as the object is, readable by all, unless said otherwise', () => {
    const used = [{ source: 'one' }, { source: 'two', target: 't', uid: '7', gid: '8', mode: 0 }]
    const objects = { one: {}, two: { name: 'named' } }
    const wanted = [
      { name: 'foo_one', file: { Name: 'one', ...defaults } },
      { name: 'named', file: { Name: 't', UID: '7', GID: '8', Mode: 0 } },
    ]
    expect(secretReferences('foo', objects, { name: 's', secrets: used })).toEqual(wanted)
    expect(configReferences('foo', objects, { name: 's', configs: used })).toEqual({ files: wanted })
  })

  it('is a config for the runtime where a credential spec is in it', () => {
    const service = { name: 's', configs: [{ source: 'one' }], credential_spec: { config: 'cred' } }
    expect(configReferences('foo', { one: {}, cred: {} }, service)).toEqual({
      files: [{ name: 'foo_one', file: { Name: 'one', ...defaults } }],
      runtime: 'foo_cred',
    })
  })

  it('is what the stack names', () => {
    const used = [{ source: 'constructor' }]
    expect(() => secretReferences('foo', {}, { name: 's', secrets: used })).toThrow('undefined secret "constructor"')
    expect(() => configReferences('foo', {}, { name: 's', configs: used })).toThrow('undefined config "constructor"')
    expect(() => configReferences('foo', {}, { name: 's', credential_spec: { config: 'c' } })).toThrow(
      'undefined config "c"',
    )
  })
})
