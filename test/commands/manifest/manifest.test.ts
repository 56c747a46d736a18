import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { run, temporaryFolder } from '../../harness.ts'
import { json, server, type Got } from '../../registry/server.ts'

const sha = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const schema2 = 'application/vnd.docker.distribution.manifest.v2+json'
const listType = 'application/vnd.docker.distribution.manifest.list.v2+json'

/** An image's manifest with odd blanks, which must survive, and its configuration. */
function image(architecture: string, os = 'linux') {
  const config = JSON.stringify({ architecture, os, rootfs: {} })
  const raw = `{ "schemaVersion":2,\n "mediaType":"${schema2}",  "config":{"mediaType":"c","size":${config.length},"digest":"${sha(config)}"},"layers":[{"mediaType":"l","size":7,"digest":"${sha(`layer ${architecture}`)}"}]}`
  return { config, raw, digest: sha(raw) }
}

const amd64 = image('amd64')
const arm64 = image('arm64')

let configDir: string
beforeEach(() => {
  configDir = temporaryFolder()
})

/** A registry with `team/app:amd64` and `:arm64`; `mounts` says whether it takes other repositories' blobs. */
async function registry({ mounts = true } = {}): Promise<{ host: string; got: Got[] }> {
  const documents: Record<string, [string, string]> = {
    'team/app/manifests/amd64': [schema2, amd64.raw],
    'team/app/manifests/arm64': [schema2, arm64.raw],
    [`team/app/manifests/${amd64.digest}`]: [schema2, amd64.raw],
    [`team/app/blobs/${sha(amd64.config)}`]: ['application/octet-stream', amd64.config],
    [`team/app/blobs/${sha(arm64.config)}`]: ['application/octet-stream', arm64.config],
    'team/app/manifests/swapped': [schema2, amd64.raw],
  }
  const list = {
    schemaVersion: 2,
    mediaType: listType,
    manifests: [{ digest: amd64.digest, platform: { architecture: 'amd64', os: 'linux', variant: 'v2' } }],
  }
  documents['team/app/manifests/multi'] = [listType, JSON.stringify(list)]
  const { base, got } = await server(({ method, url, body }, response) => {
    const path = url.slice('/v2/'.length)
    const document = documents[path]
    if (method === 'POST') return void response.writeHead(mounts ? 201 : 202, { Location: '/v2/upload/1' }).end()
    if (method === 'PUT') return void response.writeHead(201, { 'Docker-Content-Digest': sha(body) }).end()
    if (method === 'HEAD' || method === 'DELETE' || url === '/v2/') return void response.end()
    if (document === undefined)
      return json(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown', detail: {} }] })
    response.writeHead(200, { 'Content-Type': document[0] }).end(document[1])
  })
  return { host: base.host, got }
}

const manifest = (...argv: string[]) => run(['manifest', ...argv], { configDir })

test('shows a manifest as the registry has it, indented', async () => {
  const { host, got } = await registry()
  const { stdout } = await manifest('inspect', '--insecure', `${host}/team/app:amd64`)
  expect(stdout.startsWith('{\n\t"schemaVersion": 2,\n\t"mediaType": ')).toBe(true)
  expect(JSON.parse(stdout)).toEqual(JSON.parse(amd64.raw))
  expect(got.find(({ url }) => url.endsWith('/amd64'))?.headers.accept).toContain(schema2)
  expect(got[0]?.headers['user-agent']).toMatch(/^Docker-Client\//)
})

test('shows a list, short and with all that is known of its images', async () => {
  const { host } = await registry()
  const short = await manifest('inspect', '--insecure', `${host}/team/app:multi`)
  expect(short.stdout).toContain(`{\n   "schemaVersion": 2,\n   "mediaType": "${listType}",\n   "manifests": [\n`)
  const { stdout } = await manifest('inspect', '-v', '--insecure', `${host}/team/app:multi`)
  expect(JSON.parse(stdout)).toEqual([
    {
      Ref: `${host}/team/app:multi@${amd64.digest}`,
      Descriptor: {
        mediaType: schema2,
        digest: amd64.digest,
        size: amd64.raw.length,
        platform: { architecture: 'amd64', os: 'linux', variant: 'v2' },
      },
      Raw: Buffer.from(amd64.raw).toString('base64'),
      SchemaV2Manifest: JSON.parse(amd64.raw) as unknown,
    },
  ])
})

test('makes a list, annotates it, pushes it and forgets it', async () => {
  const { host, got } = await registry()
  const list = `${host}/team/new:1`
  const made = await manifest('create', '--insecure', list, `${host}/team/app:amd64`, `${host}/team/app:arm64`)
  expect(made).toEqual({ stdout: `Created manifest list ${list}\n`, stderr: '', exitCode: 0 })
  expect((await manifest('create', '--insecure', list, `${host}/team/app:amd64`)).stderr).toBe(
    'refusing to amend an existing manifest list with no --amend flag\n',
  )
  const annotated = await manifest(
    'annotate',
    list,
    `${host}/team/app:arm64`,
    '--variant',
    'v8',
    '--os-features',
    'a,b,a',
  )
  expect(annotated.exitCode).toBe(0)
  got.length = 0
  const { stdout } = await manifest('push', '--insecure', '-p', list)
  const pushed = got.filter(({ method }) => method === 'PUT')
  expect(pushed.map(({ url, body }) => [url, sha(body)])).toEqual([
    [`/v2/team/new/manifests/${amd64.digest}`, amd64.digest],
    [`/v2/team/new/manifests/${arm64.digest}`, arm64.digest],
    ['/v2/team/new/manifests/1', expect.any(String)],
  ])
  expect(JSON.parse(pushed[2]!.body)).toEqual({
    schemaVersion: 2,
    mediaType: listType,
    manifests: [
      {
        mediaType: schema2,
        size: amd64.raw.length,
        digest: amd64.digest,
        platform: { architecture: 'amd64', os: 'linux' },
      },
      {
        mediaType: schema2,
        size: arm64.raw.length,
        digest: arm64.digest,
        platform: { architecture: 'arm64', os: 'linux', 'os.features': ['a', 'b'], variant: 'v8' },
      },
    ],
  })
  expect(got.filter(({ method }) => method === 'POST').map(({ url }) => url)).toContain(
    `/v2/team/new/blobs/uploads/?from=team%2Fapp&mount=${encodeURIComponent(sha(amd64.config))}`,
  )
  expect(stdout.split('\n')).toEqual([
    `Pushed ref ${host}/team/new@${amd64.digest} with digest: ${amd64.digest}`,
    `Pushed ref ${host}/team/new@${arm64.digest} with digest: ${arm64.digest}`,
    sha(pushed[2]!.body),
    '',
  ])
  expect(readdirSync(join(configDir, 'manifests'))).toEqual([])
})

test('keeps what it found under file names as the reference has them', async () => {
  const { host } = await registry()
  await manifest('create', '--insecure', `${host}/team/new:1`, `${host}/team/app:amd64`)
  const safe = host.replace(':', '-')
  const file = join(configDir, 'manifests', `${safe}_team_new-1`, `${safe}_team_app-amd64`)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ Ref: `${host}/team/app:amd64` })
})

test('a registry that wants blobs sent, not mounted, cannot be helped', async () => {
  const { host, got } = await registry({ mounts: false })
  await manifest('create', '--insecure', `${host}/team/new:1`, `${host}/team/app:amd64`)
  const { stderr, exitCode } = await manifest('push', '--insecure', `${host}/team/new:1`)
  expect(exitCode).toBe(1)
  expect(stderr).toBe(`error mounting team/app@${sha(amd64.config)} to ${host}/team/new:1\n`)
  expect(got.at(-1)).toMatchObject({ method: 'DELETE', url: '/v2/upload/1' })
})

test('a plain registry needs --insecure', async () => {
  const { host } = await registry()
  const { stderr } = await manifest('inspect', `${host}/team/app:amd64`)
  expect(stderr).toBe(`no such manifest: ${host}/team/app:amd64\n`)
})

test('a digest that does not fit is refused', async () => {
  const { host } = await registry()
  const digest = sha('other')
  const { stderr } = await manifest('create', '--insecure', 'x', `${host}/team/app:swapped@${digest}`)
  expect(stderr).toBe(`manifest verification failed for digest ${digest}\n`)
})

test.each([
  [['inspect', '--insecure', 'HOST/team/app:nope'], 'no such manifest: HOST/team/app:nope'],
  [['create', '--insecure', 'HOST/x:1', 'HOST/team/app:multi'], 'HOST/team/app:multi is a manifest list'],
  [
    ['create', 'UP', 'x'],
    'error parsing name for manifest list UP: invalid reference format: repository name (library/UP) must be lowercase',
  ],
  [['annotate', 'x', 'y'], 'manifest for image y does not exist in x'],
  [['push', 'x'], 'No such manifest: docker.io/library/x:latest'],
  [['rm', 'x', 'y'], 'No such manifest: docker.io/library/x:latest\nNo such manifest: docker.io/library/y:latest'],
])('%j fails', async (argv, message) => {
  const { host } = await registry()
  const { stderr, exitCode } = await manifest(...argv.map((word) => word.replace('HOST', host)))
  expect(stderr).toBe(`${message.replace('HOST', host)}\n`)
  expect(exitCode).toBe(1)
})

test('images of another registry, or of no known platform, are not for the list', async () => {
  const { host } = await registry()
  await manifest('create', '--insecure', 'other.example/x:1', `${host}/team/app:amd64`)
  expect((await manifest('push', 'other.example/x:1')).stderr).toBe(
    `cannot use source images from a different registry than the target image: ${host} != other.example\n`,
  )
  const odd = await manifest('annotate', 'other.example/x:1', `${host}/team/app:amd64`, '--arch', 'z80')
  expect(odd.stderr).toBe('manifest entry for image has unsupported os/arch combination: /z80\n')
})
