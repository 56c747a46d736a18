import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pack } from 'tar-stream'
import { Readable } from 'node:stream'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { certificate } from '../../connection/certificates.ts'
import { run, temporaryFolder } from '../../harness.ts'

const id = (name: string) => createHash('sha256').update(name).digest('hex')
const metaFile = (configDir: string, name: string) => join(configDir, 'contexts/meta', id(name), 'meta.json')
const meta = (configDir: string, name: string) => readFileSync(metaFile(configDir, name), 'utf8')
const tlsFolder = (configDir: string, name: string) => join(configDir, 'contexts/tls', id(name))

/** A configuration folder with contexts as the reference writes them. */
function stored(contexts: Record<string, object>, config: object = {}): string {
  const configDir = temporaryFolder()
  writeFileSync(join(configDir, 'config.json'), JSON.stringify(config))
  for (const [name, content] of Object.entries(contexts)) {
    mkdirSync(join(configDir, 'contexts/meta', id(name)), { recursive: true })
    writeFileSync(metaFile(configDir, name), JSON.stringify({ Name: name, ...content }))
  }
  return configDir
}

const remote = {
  Metadata: { Description: 'far' },
  Endpoints: { docker: { Host: 'tcp://10.0.0.1:1', SkipTLSVerify: false } },
}

test('create writes what the reference writes, TLS files for their owner alone', async () => {
  const configDir = stored({})
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'ca.pem'), certificate({ name: 'ca' }).cert)
  const docker = 'host=tcp://h:1,ca=ca.pem,skip-tls-verify=true'
  const outcome = await run(['context', 'create', 'new', '--description', 'a <b>', '--docker', docker], {
    configDir,
    cwd,
  })
  expect(outcome).toEqual({ stdout: 'new\n', stderr: 'Successfully created context "new"\n', exitCode: 0 })
  expect(meta(configDir, 'new')).toBe(
    '{"Name":"new","Metadata":{"Description":"a \\u003cb\\u003e"},"Endpoints":{"docker":{"Host":"tcp://h:1","SkipTLSVerify":true}}}',
  )
  expect(statSync(metaFile(configDir, 'new')).mode & 0o777).toBe(0o644)
  const file = join(tlsFolder(configDir, 'new'), 'docker/ca.pem')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(tlsFolder(configDir, 'new'), 'docker')).mode & 0o777).toBe(0o700)
})

test.each([
  [['default'], '"default" is a reserved context name'],
  [['a b'], 'context name "a b" is invalid, names are validated against regexp "^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$"'],
  [[''], 'context name cannot be empty'],
  [['remote'], 'context "remote" already exists'],
  [['x1', '--from', 'remote', '--docker', 'host=tcp://h:1'], 'cannot use --docker flag when --from is set'],
  [['x1', '--docker', 'bogus=1'], 'unable to create docker endpoint config: unrecognized config key: bogus'],
  [
    ['x1', '--docker', 'host=bar'],
    'unable to create docker endpoint config: unable to apply docker endpoint options: unable to parse docker host `bar`',
  ],
  [
    ['x1', '--docker', 'host=ssh://u:p@h'],
    'unable to create docker endpoint config: invalid docker endpoint options: ssh host connection is not valid: invalid SSH URL: plain-text password is not supported',
  ],
  [
    ['x1', '--docker', 'host=ssh://h?x=1'],
    'unable to create docker endpoint config: invalid docker endpoint options: ssh host connection is not valid: invalid SSH URL: query parameters are not allowed: "x=1"',
  ],
  [
    ['x1', '--docker', 'host=ssh://h/p#x'],
    'unable to create docker endpoint config: invalid docker endpoint options: ssh host connection is not valid: invalid SSH URL: fragments are not allowed: "x"',
  ],
  [
    ['x1', '--docker', 'host=tcp://h:1,ca=/dev/null'],
    'unable to create docker endpoint config: invalid docker endpoint options: failed to retrieve context tls info: ca.pem seems invalid',
  ],
  [
    ['x1', '--docker', 'host=1.2.3.4:2375'],
    'unable to create docker endpoint config: invalid docker endpoint options: parse "1.2.3.4:2375": first path segment in URL cannot contain colon',
  ],
  [
    ['x1', '--docker', `host=unix://${'a'.repeat(109)}`],
    `unable to create docker endpoint config: unable to apply docker endpoint options: unix socket path "${'a'.repeat(109)}" is too long`,
  ],
  [
    ['x1', '--docker', 'skip-tls-verify=x'],
    'unable to create docker endpoint config: skip-tls-verify: parsing "x": invalid syntax',
  ],
  [
    ['x1', '--docker', 'host=tcp://h:1,ca=no.pem'],
    'unable to create docker endpoint config: open no.pem: no such file or directory',
  ],
])('create refuses %j', async (argv, message) => {
  const configDir = stored({ remote })
  const { stderr, exitCode } = await run(['context', 'create', ...argv], { configDir })
  expect(stderr).toBe(`${message}\n`)
  expect(exitCode).toBe(1)
  expect(readdirSync(join(configDir, 'contexts/meta'))).toEqual([id('remote')])
})

test('create copies another context, keys of other programs and all', async () => {
  const other = {
    ...remote,
    Metadata: { Zed: 1, Description: 'far' },
    Endpoints: { ...remote.Endpoints, kube: { b: 1, a: 2 } },
  }
  const configDir = stored({ remote: other })
  mkdirSync(join(tlsFolder(configDir, 'remote'), 'docker'), { recursive: true })
  writeFileSync(join(tlsFolder(configDir, 'remote'), 'docker/key.pem'), 'K')
  await run(['context', 'create', 'copy', '--from', 'remote', '--description', 'd'], { configDir })
  expect(meta(configDir, 'copy')).toBe(
    '{"Name":"copy","Metadata":{"Description":"d","Zed":1},"Endpoints":{"docker":{"Host":"tcp://10.0.0.1:1","SkipTLSVerify":false},"kube":{"a":2,"b":1}}}',
  )
  expect(readFileSync(join(tlsFolder(configDir, 'copy'), 'docker/key.pem'), 'utf8')).toBe('K')
})

test('update changes what it is told and drops the TLS files of a new endpoint', async () => {
  const configDir = stored({ remote })
  mkdirSync(join(tlsFolder(configDir, 'remote'), 'docker'), { recursive: true })
  writeFileSync(join(tlsFolder(configDir, 'remote'), 'docker/key.pem'), 'K')
  await run(['context', 'update', 'remote', '--description', 'new'], { configDir })
  expect(existsSync(join(tlsFolder(configDir, 'remote'), 'docker/key.pem'))).toBe(true)
  const outcome = await run(['context', 'update', 'remote', '--docker', 'host=unix:///x'], { configDir })
  expect(outcome.stderr).toBe('Successfully updated context "remote"\n')
  expect(JSON.parse(meta(configDir, 'remote'))).toMatchObject({
    Metadata: { Description: 'new' },
    Endpoints: { docker: { Host: 'unix:///x' } },
  })
  expect(existsSync(join(tlsFolder(configDir, 'remote'), 'docker'))).toBe(false)
})

test('use writes the choice down, and takes it out again', async () => {
  const configDir = stored({ remote }, { mine: 1 })
  const config = () => JSON.parse(readFileSync(join(configDir, 'config.json'), 'utf8')) as unknown
  expect((await run(['context', 'use', 'remote'], { configDir })).stderr).toBe('Current context is now "remote"\n')
  expect(config()).toEqual({ mine: 1, auths: {}, currentContext: 'remote' })
  expect((await run(['context', 'show'], { configDir })).stdout).toBe('remote\n')
  await run(['context', 'use', 'default'], { configDir })
  expect(config()).toEqual({ mine: 1, auths: {} })
  expect((await run(['context', 'use', 'nope'], { configDir })).stderr).toMatch(
    /^context "nope": context not found: open /,
  )
})

test('rm goes on after one that cannot go', async () => {
  const configDir = stored({ remote, one: remote }, { currentContext: 'remote' })
  const outcome = await run(['context', 'rm', 'default', 'remote', 'nope', 'one'], { configDir })
  expect(outcome).toEqual({
    stdout: 'one\n',
    stderr:
      'context "default" cannot be removed\ncontext "remote" is in use, set -f flag to force remove\ncontext "nope" does not exist\n',
    exitCode: 1,
  })
  expect((await run(['context', 'rm', '-f', 'remote'], { configDir })).stdout).toBe('remote\n')
  expect(readdirSync(join(configDir, 'contexts/meta'))).toEqual([])
})

test('ls orders names as people do, marks the current one and says what is wrong', async () => {
  const configDir = stored({ c10: remote, c2: remote, odd: { Endpoints: {} } })
  const { stdout } = await run(['context', 'ls', '--format', '{{.Name}} {{.Current}} {{.Error}}'], {
    configDir,
    env: { DOCKER_CONTEXT: 'gone' },
  })
  expect(stdout.split('\n')).toEqual([
    'c2 false ',
    'c10 false ',
    'default false ',
    expect.stringMatching(/^gone true context "gone": context not found: o.*…$/),
    'odd false cannot find docker endpoint in context',
    '',
  ])
})

test('inspect gives JSON, and templates see what is not set', async () => {
  const configDir = stored({ remote: { Endpoints: { docker: {} } } })
  const { stdout } = await run(['context', 'inspect', 'remote'], { configDir })
  expect(JSON.parse(stdout)).toEqual([
    {
      Name: 'remote',
      Endpoints: { docker: { SkipTLSVerify: false } },
      TLSMaterial: {},
      Storage: {
        MetadataPath: join(configDir, 'contexts/meta', id('remote')),
        TLSPath: tlsFolder(configDir, 'remote'),
      },
    },
  ])
  const format = '{{.Name}}:{{.Endpoints.docker.Host}}:{{.Storage.TLSPath}}'
  expect((await run(['context', 'inspect', '-f', format, 'remote'], { configDir })).stdout).toBe(
    `remote::${tlsFolder(configDir, 'remote')}\n`,
  )
})

async function tar(entries: Record<string, string>, type: 'file' | 'symlink' = 'file'): Promise<Buffer> {
  const archive = pack()
  for (const [name, text] of Object.entries(entries)) {
    if (type === 'symlink') archive.entry({ name, type, linkname: '/etc/passwd' })
    else archive.entry({ name }, text)
  }
  archive.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of archive) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

test('export and import carry a context over, as tar', async () => {
  const configDir = stored({ remote })
  const cwd = temporaryFolder()
  mkdirSync(join(tlsFolder(configDir, 'remote'), 'docker'), { recursive: true })
  writeFileSync(join(tlsFolder(configDir, 'remote'), 'docker/ca.pem'), 'CA')
  expect((await run(['context', 'export', 'remote'], { configDir, cwd })).stderr).toBe(
    'Written file "remote.dockercontext"\n',
  )
  expect(statSync(join(cwd, 'remote.dockercontext')).mode & 0o777).toBe(0o600)
  const again = await run(['context', 'export', 'remote'], { configDir, cwd })
  expect(again.stderr).toBe('open remote.dockercontext: file exists\n')
  const outcome = await run(['context', 'import', 'copy', 'remote.dockercontext'], { configDir, cwd })
  expect(outcome.stderr).toBe('Successfully imported context "copy"\n')
  expect(JSON.parse(meta(configDir, 'copy'))).toEqual({ Name: 'copy', ...remote })
  expect(readFileSync(join(tlsFolder(configDir, 'copy'), 'docker/ca.pem'), 'utf8')).toBe('CA')
})

test('export leaves nothing behind for a context that is not there', async () => {
  const cwd = temporaryFolder()
  const { exitCode } = await run(['context', 'export', 'nope'], { configDir: stored({}), cwd })
  expect(exitCode).toBe(1)
  expect(readdirSync(cwd)).toEqual([])
})

test('export touches no file that is there, whatever the context', async () => {
  const cwd = temporaryFolder()
  writeFileSync(join(cwd, 'mine'), 'x')
  const { stderr } = await run(['context', 'export', 'nope', 'mine'], { configDir: stored({}), cwd })
  expect(stderr).toBe('open mine: file exists\n')
  expect(readFileSync(join(cwd, 'mine'), 'utf8')).toBe('x')
})

/** A zip archive with each file deflated. */
function zip(entries: Record<string, string | Buffer>): Buffer {
  const parts: Buffer[] = []
  const central: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(entries)) {
    const packed = deflateRawSync(text)
    const local = Buffer.alloc(30 + name.length)
    local.write('PK\x03\x04', 0, 'latin1')
    local.writeUInt16LE(name.length, 26)
    local.write(name, 30)
    const entry = Buffer.alloc(46 + name.length)
    entry.write('PK\x01\x02', 0, 'latin1')
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(crc32(text), 16)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt32LE(text.length, 24)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(at, 42)
    entry.write(name, 46)
    parts.push(local, packed)
    central.push(entry)
    at += local.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(central.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, ...central, end])
}

function damaged(archive: Buffer): Buffer {
  archive[50] = 255 - (archive[50] as number)
  return archive
}

const importing = (archive: Buffer, configDir: string) =>
  run(['context', 'import', 'new', '-'], { configDir, stdin: Readable.from([archive]) })

test('imports a zip archive', async () => {
  const configDir = stored({})
  await importing(zip({ 'meta.json': JSON.stringify(remote), 'tls/docker/key.pem': 'K' }), configDir)
  expect(JSON.parse(meta(configDir, 'new'))).toEqual({ Name: 'new', ...remote })
  expect(readFileSync(join(tlsFolder(configDir, 'new'), 'docker/key.pem'), 'utf8')).toBe('K')
})

const good = JSON.stringify(remote)
test.each<[string, () => Promise<Buffer> | Buffer, string | RegExp]>([
  ['a path that climbs', () => tar({ 'meta.json': good, 'tls/../../x': 'X' }), 'tls/../../x: unexpected path format'],
  ['a name beside', () => tar({ 'meta.json': good, other: 'X' }), 'other: unexpected context file'],
  ['a backslash', () => tar({ 'meta.json': good, 'tls/a\\b/c': 'X' }), "tls/a\\b/c: unexpected '\\' in path"],
  ['folders in folders', () => tar({ 'meta.json': good, 'tls/docker/a/b': 'X' }), 'archive format is invalid'],
  ['a link', () => tar({ 'meta.json': good }, 'symlink'), 'invalid context: no metadata found'],
  ['no metadata', () => tar({ 'tls/docker/ca.pem': 'X' }), 'invalid context: no metadata found'],
  ['a tar cut short', async () => (await tar({ 'meta.json': good })).subarray(0, 600), 'unexpected EOF'],
  ['what is no archive', () => Buffer.alloc(2048, 'x'), 'archive/tar: invalid tar header'],
  ['metadata that is no JSON', () => tar({ 'meta.json': '{' }), 'unexpected end of JSON input'],
  [
    'metadata of another type',
    () => tar({ 'meta.json': '{"Endpoints":5}' }),
    'json: cannot unmarshal number into Go struct field Metadata.Endpoints of type map[string]interface {}',
  ],
  ['too much', () => tar({ 'tls/docker/x': 'x'.repeat(10 * 2 ** 20) }), 'read exceeds the defined limit'],
  [
    'an empty block before an archive',
    async () => Buffer.concat([Buffer.alloc(512), await tar({ x: '' })]),
    'archive/tar: invalid tar header',
  ],
  [
    'a zip with a byte changed',
    () => damaged(zip({ 'meta.json': good })),
    /^(zip: checksum error|flate: corrupt input|unexpected EOF)$/,
  ],
  ['a zip of nothing', () => zip({}), /^(zip: not a valid zip file|unexpected EOF)$/],
  [
    'a zip that swells',
    () => zip({ 'meta.json': good, 'tls/docker/x': Buffer.alloc(11 * 2 ** 20) }),
    'read exceeds the defined limit',
  ],
  ['a zip that is cut', () => zip({ 'meta.json': good }).subarray(0, 60), 'zip: not a valid zip file'],
  ['a zip that climbs', () => zip({ 'meta.json': good, 'tls/../x': 'X' }), 'tls/../x: unexpected path format'],
])('import refuses %s and leaves nothing', async (_, archive, message) => {
  const configDir = stored({})
  const { stderr, exitCode } = await importing(await archive(), configDir)
  expect(stderr.trimEnd()).toEqual(message instanceof RegExp ? expect.stringMatching(message) : message)
  expect(exitCode).toBe(1)
  expect(existsSync(join(configDir, 'contexts'))).toBe(false)
})

test('imports what the reference exports: no end mark, the last file not padded', async () => {
  const configDir = stored({})
  const archive = await tar({ 'meta.json': good, 'tls/docker/ca.pem': 'CA' })
  const outcome = await importing(archive.subarray(0, 3 * 512 + 2), configDir)
  expect(outcome).toMatchObject({ stdout: 'new\n', exitCode: 0 })
  expect(readFileSync(join(tlsFolder(configDir, 'new'), 'docker/ca.pem'), 'utf8')).toBe('CA')
  expect(statSync(join(tlsFolder(configDir, 'new'), 'docker/ca.pem')).mode & 0o777).toBe(0o600)
  expect(statSync(join(configDir, 'contexts/tls')).mode & 0o777).toBe(0o700)
})

test('imports TLS files of an endpoint with any name', async () => {
  const configDir = stored({})
  await importing(await tar({ 'meta.json': good, 'tls/__proto__/hasOwnProperty': 'KEY' }), configDir)
  expect(readFileSync(join(tlsFolder(configDir, 'new'), '__proto__/hasOwnProperty'), 'utf8')).toBe('KEY')
  expect(typeof Object.prototype.hasOwnProperty).toBe('function')
  const { stdout } = await run(['context', 'inspect', 'new', '--format', '{{json .TLSMaterial}}'], { configDir })
  expect(stdout).toBe('{"__proto__":["hasOwnProperty"]}\n')
})

test('import reads no further than the archive', async () => {
  const archive = await tar({ 'meta.json': good })
  const stdin = new Readable({ read: () => undefined })
  stdin.push(archive)
  const configDir = stored({})
  expect((await run(['context', 'import', 'new', '-'], { configDir, stdin })).exitCode).toBe(0)
  expect(stdin.destroyed).toBe(true)
})

test('the names of contexts complete, the current one marked, none twice', async () => {
  const configDir = stored({ c1: remote, c2: remote }, { currentContext: 'c2' })
  const complete = async (...words: string[]) => (await run(['__complete', 'context', ...words], { configDir })).stdout
  expect(await complete('use', '')).toBe('c1\nc2\tcurrent\ndefault\n:4\n')
  expect(await complete('rm', 'c1', 'c')).toBe('c2\tcurrent\n:4\n')
  expect(await complete('export', 'c1', '')).toBe(':0\n')
})

test('show --explain tells who wins', async () => {
  const configDir = stored({ remote }, { currentContext: 'remote' })
  const { stdout } = await run(['context', 'show', '--explain'], { configDir, env: { DOCKER_HOST: 'tcp://h:1' } })
  expect(stdout).toContain('DOCKER_HOST')
  expect(stdout).toMatch(/3\. DOCKER_HOST +"tcp:\/\/h:1" {2}<- wins\n/)
  expect(stdout).toMatch(/5\. currentContext in .* +"remote" {2}\(overridden by DOCKER_HOST\)\n/)
  expect(stdout).toContain('\nContext:   default\nEndpoint:  tcp://h:1\nTLS:       off')
})
