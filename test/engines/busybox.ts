import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import type { Pack } from 'tar-stream'

/** A `docker save` archive of a busybox image made from the static binary at `path`, named `tag`. */
export async function busyboxImage(path: string, tag: string): Promise<Buffer> {
  const layer = await busyboxLayer(path)
  const diffId = `sha256:${createHash('sha256').update(layer).digest('hex')}`
  const config = JSON.stringify({
    architecture: process.arch === 'arm64' ? 'arm64' : 'amd64',
    os: 'linux',
    created: '2024-01-02T03:04:05Z',
    config: { Cmd: ['sh'], Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'] },
    rootfs: { type: 'layers', diff_ids: [diffId] },
    history: [{ created: '2024-01-02T03:04:05Z', created_by: 'busybox-static' }],
  })
  const id = createHash('sha256').update(config).digest('hex')
  const archive = pack()
  archive.entry({ name: `${id}.json` }, config)
  archive.entry({ name: 'layer.tar' }, layer)
  archive.entry(
    { name: 'manifest.json' },
    JSON.stringify([{ Config: `${id}.json`, RepoTags: [tag], Layers: ['layer.tar'] }]),
  )
  archive.finalize()
  return buffer(archive)
}

/** The root file system as a tar: the binary, a link for each applet, and the few files that programs expect. */
async function busyboxLayer(path: string): Promise<Buffer> {
  const layer = pack()
  for (const name of ['bin', 'dev', 'etc', 'home', 'proc', 'root', 'sys', 'usr', 'var', 'var/www'])
    directory(layer, name)
  directory(layer, 'tmp', 0o1777)
  layer.entry({ name: 'bin/busybox', mode: 0o755, mtime: epoch }, readFileSync(path))
  for (const applet of execFileSync(path, ['--list'], { encoding: 'utf8' }).split('\n')) {
    if (applet && applet !== 'busybox') {
      layer.entry({ name: `bin/${applet}`, type: 'link', linkname: 'bin/busybox', mode: 0o755, mtime: epoch })
    }
  }
  file(layer, 'etc/passwd', 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/home:/bin/false\n')
  file(layer, 'etc/group', 'root:x:0:\nnogroup:x:65534:\n')
  file(layer, 'var/www/index.html', '<h1>it works</h1>\n')
  layer.finalize()
  return buffer(layer)
}

const epoch = new Date('2024-01-02T03:04:05Z')

function directory(layer: Pack, name: string, mode = 0o755): void {
  layer.entry({ name, type: 'directory', mode, mtime: epoch })
}

function file(layer: Pack, name: string, content: string): void {
  layer.entry({ name, mode: 0o644, mtime: epoch }, content)
}
