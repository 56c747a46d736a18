import { execFile, spawn } from 'node:child_process'
import fs from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run, temporaryFolder } from '../../harness.ts'
import { readTar } from '../../read-tar.ts'

const identity = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'init.defaultBranch=master']

async function git(folder: string, ...args: string[]): Promise<void> {
  await promisify(execFile)('git', [...identity, '-C', folder, ...args])
}

async function commit(folder: string, files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    fs.writeFileSync(path.join(folder, name), content)
  }
  await git(folder, 'add', '-A')
  await git(folder, 'commit', '-qm', 'x')
}

/** Serves the repositories under a folder as git's own server does, or as plain files. */
async function serve(root: string, smart: boolean): Promise<string> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    if (!smart) {
      const file = path.join(root, url.pathname)
      if (fs.existsSync(file)) response.end(fs.readFileSync(file))
      else response.writeHead(404).end()
      return
    }
    const cgi = spawn('git', ['http-backend'], {
      env: {
        ...process.env,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? '',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        ...(request.headers['content-encoding'] === undefined
          ? {}
          : { HTTP_CONTENT_ENCODING: request.headers['content-encoding'] }),
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    })
    request.pipe(cgi.stdin)
    const chunks: Buffer[] = []
    cgi.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    cgi.on('close', () => {
      const all = Buffer.concat(chunks)
      const end = all.indexOf('\r\n\r\n')
      for (const line of all.toString('latin1', 0, end).split('\r\n')) {
        const [name = '', value = ''] = line.split(': ')
        if (name === 'Status') response.statusCode = Number(value.slice(0, 3))
        else response.setHeader(name, value)
      }
      response.end(all.subarray(end + 4))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A repository with a branch, folders and links, as in the reference's own test. */
async function makeRepository(root: string): Promise<void> {
  const folder = path.join(root, 'repo.git')
  fs.mkdirSync(folder)
  await git(folder, 'init', '-q')
  await commit(folder, { Dockerfile: 'FROM scratch', 'subdir/Dockerfile': 'FROM scratch\nEXPOSE 5000' })
  fs.symlinkSync('../subdir', path.join(folder, 'parentlink'))
  fs.symlinkSync('/subdir', path.join(folder, 'absolutelink'))
  await git(folder, 'add', '-A')
  await git(folder, 'commit', '-qm', 'links')
  await git(folder, 'checkout', '-qb', 'test')
  await commit(folder, { Dockerfile: 'FROM scratch\nEXPOSE 3000', 'subdir/Dockerfile': 'FROM busybox' })
  await git(folder, 'checkout', '-q', 'master')
  const sub = path.join(root, 'sub')
  fs.mkdirSync(sub)
  await git(sub, 'init', '-q')
  await commit(sub, { subfile: 'subcontents' })
}

describe('docker build of a repository', () => {
  const build = async (url: string, argv: string[] = [], env: Record<string, string> = {}) => {
    const temporary = temporaryFolder()
    const engine = await fakeEngine({}, { optional: { 'POST /build': { lines: [{ stream: 'built\n' }] } } })
    const world = { engine, env: { PATH: process.env['PATH']!, DOCKER_BUILDKIT: '0', TMPDIR: temporary, ...env } }
    const outcome = await run(['build', ...argv, url], world)
    expect(fs.readdirSync(temporary)).toEqual([])
    const { body, query } = engine.requests[0] ?? {}
    const entries = body === undefined ? [] : await readTar(body)
    const dockerfile = entries.find(({ name }) => name === query?.['dockerfile'])?.content
    return { ...outcome, dockerfile, names: entries.map(({ name }) => name) }
  }
  let root = ''
  beforeAll(async () => {
    root = fs.mkdtempSync(path.join(fs.realpathSync('/tmp'), 'docket-git-'))
    await makeRepository(root)
    return () => fs.rmSync(root, { recursive: true })
  })

  it.each<[string, string]>([
    ['', 'FROM scratch'],
    ['#master', 'FROM scratch'],
    ['#:subdir', 'FROM scratch\nEXPOSE 5000'],
    ['#master:subdir', 'FROM scratch\nEXPOSE 5000'],
    ['#test', 'FROM scratch\nEXPOSE 3000'],
    ['#test:', 'FROM scratch\nEXPOSE 3000'],
    ['#test:subdir', 'FROM busybox'],
    ['#refs/heads/test', 'FROM scratch\nEXPOSE 3000'],
    ['#master:absolutelink', 'FROM scratch\nEXPOSE 5000'],
    ['#master:parentlink', 'FROM scratch\nEXPOSE 5000'],
  ])('%j', async (fragment, dockerfile) => {
    const { exitCode, stderr, ...found } = await build(`${await serve(root, true)}/repo.git${fragment}`)
    expect([exitCode, found.dockerfile, stderr.includes('unable')]).toEqual([0, dockerfile, false])
  })

  it.each<[string, string[], RegExp]>([
    ['#:nosubdir', [], /temporary context directory: stat \S+\/nosubdir: no such file or directory\n$/],
    ['#:Dockerfile', [], /error setting git context, not a directory: \S+\/Dockerfile\n$/],
    ['#master:../subdir', [], /error setting git context, "..\/subdir" not within git root: /],
    ['#nowhere', [], /error fetching: .*nowhere[\s\S]*: exit status 128\n$/],
    ['#--upload-pack=x', [], /directory: invalid refspec: --upload-pack=x\n$/],
    ['', ['-f', 'absent'], /in Dockerfile path: lstat \S+\/absent: no such file or directory\n$/],
    [
      '',
      ['-f', '../../../etc/passwd'],
      /the Dockerfile \(..\/..\/..\/etc\/passwd\) must be within the build context\n$/,
    ],
  ])('refuses %j with %j', async (fragment, argv, message) => {
    const { exitCode, stderr, names } = await build(`${await serve(root, true)}/repo.git${fragment}`, argv)
    expect([exitCode, names]).toEqual([1, []])
    expect(stderr).toMatch(/\n\nunable to prepare context: /)
    expect(stderr).toMatch(message)
  })

  it('brings submodules', async () => {
    const url = await serve(root, true)
    const folder = path.join(root, 'whole.git')
    fs.mkdirSync(folder)
    await git(folder, 'init', '-q')
    await git(folder, 'submodule', '--quiet', 'add', `${url}/sub`, 'sub')
    await commit(folder, { Dockerfile: 'FROM scratch' })
    expect((await build(`${url}/whole.git`)).names).toContain('sub/subfile')
  })

  it('fetches from a server that only has files', async () => {
    await git(path.join(root, 'repo.git'), 'update-server-info')
    const url = await serve(path.join(root, 'repo.git'), false)
    fs.symlinkSync('.git', path.join(root, 'repo.git', 'dumb.git'))
    const { stderr, dockerfile } = await build(`${url}/dumb.git`)
    expect([dockerfile, stderr.includes('unable')]).toEqual(['FROM scratch', false])
  })

  it('needs git', async () => {
    const { stderr } = await build('git://127.0.0.1/x', [], { PATH: '/nowhere' })
    expect(stderr).toMatch(/unable to prepare context: unable to find 'git': exec: "git": executable file not found/)
  })
})
