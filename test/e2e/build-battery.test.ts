import { execFile } from 'node:child_process'
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { onEngines, type TestEngine } from '../engines.ts'
import type { Case } from './dockerfiles/case.ts'
import { commands } from './dockerfiles/commands.ts'
import { files } from './dockerfiles/files.ts'
import { settings } from './dockerfiles/settings.ts'
import { variables } from './dockerfiles/variables.ts'

// Each build is made twice, by docket and by Debian's buildx, neither with the other's cache nor with its copy of the context.

onEngines(
  'a build by docket is one by buildx:',
  (engine) => {
    const { docket } = engine
    test.each([...settings, ...variables, ...files, ...commands])('$name', async (one) => {
      const folder = await contextOf(one)
      const flags = ['build', '--no-cache', '--progress', 'plain', ...(one.flags ?? [])]
      const env = { SOURCE_DATE_EPOCH: '1700000000', ...one.env }
      try {
        const ours = await docket([...flags, '-t', 'ours', '.'], { env, cwd: folder })
        expect(ours, ours.stderr).toMatchObject({ code: 0, stdout: '' })
        await runBuildx(engine, [...flags, '-t', 'theirs', '.'], { env, cwd: folder })
        const [mine, other] = await Promise.all(['ours', 'theirs'].map((name) => factsOf(engine, name)))
        const layers = one.changing ? { RootFS: { Type: 'layers', Layers: expect.anything() as unknown } } : {}
        expect(mine).toEqual({ ...other, ...layers })
        expect(mine?.RootFS.Layers).toHaveLength(other?.RootFS.Layers.length ?? 0)
        expect(mine?.Config).toMatchObject(one.config ?? {})
        if (one.content !== undefined) expect(await contentOf(engine, Object.keys(one.content))).toEqual(one.content)
      } finally {
        fs.rmSync(folder, { recursive: true, force: true })
        await docket(['rmi', '-f', 'ours', 'theirs'])
      }
    })
  },
  ['buildx'],
)

/** Writes the context of a case, its archives included. */
async function contextOf({ dockerfile, files = {} }: Case): Promise<string> {
  const folder = fs.mkdtempSync(path.join(tmpdir(), 'docket-build-'))
  for (const [name, content] of Object.entries({ Dockerfile: dockerfile, ...files })) {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    if (name.endsWith('/')) fs.mkdirSync(file)
    else if (content.startsWith('-> ')) fs.symlinkSync(content.slice(3), file)
    else fs.writeFileSync(file, await bytesOf(content))
  }
  return folder
}

/** A file's bytes: `tar:NAME=TEXT` and `tgz:NAME=TEXT` stand for archives of one file. */
async function bytesOf(content: string): Promise<string | Buffer> {
  const [, kind, name = '', text = ''] = /^(tar|tgz):([^=]*)=(.*)$/.exec(content) ?? []
  if (kind === undefined) return content
  const archive = pack()
  archive.entry({ name, mtime: new Date(0) }, text)
  archive.finalize()
  const tar = await buffer(archive)
  return kind === 'tgz' ? gzipSync(tar) : tar
}

async function runBuildx(
  engine: TestEngine,
  args: string[],
  { env, cwd }: { env: Record<string, string>; cwd: string },
): Promise<void> {
  const root = fs.readFileSync(path.join(engine.testbed.folder, 'sandboxes', engine.name, 'root'), 'utf8').trim()
  const program = path.join(root, 'usr/libexec/docker/cli-plugins/docker-buildx')
  // A folder of its own gives it another name for the context.
  const own = { ...engine.env, BUILDX_CONFIG: path.join(engine.config, 'other-buildx'), ...env }
  await promisify(execFile)(program, args, { cwd, env: own })
}

interface Facts {
  Config: Record<string, unknown>
  RootFS: { Layers: string[] }
  [name: string]: unknown
}

/** What an image is, without its names and times. */
async function factsOf({ docket }: TestEngine, name: string): Promise<Facts> {
  const [image] = JSON.parse((await docket(['image', 'inspect', name])).stdout) as Facts[]
  const { Id: _, RepoTags: _1, Metadata: _2, Created, RepoDigests: _4, GraphDriver: _5, Size: _6, ...rest } = image!
  const history = await docket(['history', '--no-trunc', '--format', '{{.CreatedBy}} {{.Comment}}', name])
  return { ...rest, Config: rest.Config, RootFS: rest.RootFS, Created, history: history.stdout }
}

/** The content of files in the image, null for those that are not there. */
async function contentOf({ docket }: TestEngine, names: readonly string[]): Promise<Record<string, string | null>> {
  const script = 'for f; do [ -e "$f" ] && { printf +; cat "$f"; }; printf "\\0"; done'
  const { stdout } = await docket([
    'run',
    '--rm',
    '--user',
    '0',
    '--entrypoint',
    'sh',
    'ours',
    '-c',
    script,
    'sh',
    ...names,
  ])
  const contents = stdout.split('\0')
  return Object.fromEntries(names.map((name, i) => [name, contents[i]?.startsWith('+') ? contents[i].slice(1) : null]))
}
