import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { openImageLayouts } from '../../../src/build/solve/image-layouts.ts'
import { openLayoutContext } from '../../../src/build/solve/layout-context.ts'
import { findTag, onlyManifest, putManifest } from '../../../src/build/solve/layout-index.ts'
import { openLocalCaches } from '../../../src/build/solve/local-caches.ts'
import { temporaryFolder } from '../../harness.ts'

const [one, two] = ['1', '2'].map((digit) => ({ digest: `sha256:${digit.repeat(64)}`, size: 1 }))

function withBlob(cwd: string, name: string, digest: string): void {
  fs.mkdirSync(path.join(cwd, name, 'blobs/sha256'), { recursive: true })
  fs.writeFileSync(path.join(cwd, name, 'blobs', digest.replace(':', '/')), 'x')
}

describe('the index of an image layout', () => {
  test('a tag is moved to the manifest that is put last; other names stay', () => {
    const folder = temporaryFolder()
    putManifest(folder, one!, { tag: 'latest' })
    putManifest(folder, one!, { tag: '1', image: 'docker.io/library/x:1' })
    putManifest(folder, two!, { tag: 'latest' })
    expect(findTag(folder, 'latest')?.digest).toBe(two!.digest)
    expect(findTag(folder, 'docker.io/library/x:1')?.digest).toBe(one!.digest)
    expect(findTag(folder, 'none')).toBeUndefined()
    expect(onlyManifest(folder)).toBeUndefined()
    expect(fs.readFileSync(path.join(folder, 'oci-layout'), 'utf8')).toBe('{"imageLayoutVersion":"1.0.0"}')
  })

  test('an exported image is found by its names', () => {
    const cwd = temporaryFolder()
    const { content, finish } = openImageLayouts([{ type: 'oci', attributes: {}, folder: 'out' }], cwd)
    expect([...content.keys()]).toEqual(['export'])
    const descriptor = Buffer.from(JSON.stringify(one)).toString('base64')
    finish({ 'containerimage.descriptor': descriptor, 'image.name': 'docker.io/library/x:3' })
    expect(findTag(path.join(cwd, 'out'), '3')?.digest).toBe(one!.digest)
  })
})

describe('caches in folders', () => {
  const entry = (attributes: Record<string, string>) => ({ type: 'local', attributes })

  test('one that is read gets the digest of its tag; one that is not there is left out', () => {
    const cwd = temporaryFolder()
    fs.mkdirSync(path.join(cwd, 'cache'))
    putManifest(path.join(cwd, 'cache'), one!, { tag: 'latest' })
    const warnings: string[] = []
    const open = () =>
      openLocalCaches(
        {
          imports: [entry({ src: 'cache' }), entry({ src: 'none' }), { type: 'registry', attributes: {} }],
          exports: [],
        },
        { cwd, warn: (text) => warnings.push(text) },
      )
    expect(open().caches.imports).toEqual([{ type: 'registry', attributes: {} }])
    expect(warnings[0]).toBe(`local cache import at cache skipped: digest ${one!.digest} unavailable`)
    expect(warnings[1]).toMatch(/^local cache import at none skipped: open .*no such file or directory$/)
    withBlob(cwd, 'cache', one!.digest)
    const { caches, content } = open()
    expect(caches.imports[0]).toEqual(entry({ src: 'cache', digest: one!.digest }))
    expect([...content.keys()]).toEqual(['local:cache'])
  })

  test('one that is written is made, and named in the end', () => {
    const cwd = temporaryFolder()
    const { content, finish } = openLocalCaches(
      { imports: [], exports: [entry({ dest: 'new', tag: 't' })] },
      { cwd, warn: () => undefined },
    )
    expect([...content.keys()]).toEqual(['local:new'])
    finish({ 'cache.manifest': JSON.stringify(two) })
    expect(findTag(path.join(cwd, 'new'), 't')?.digest).toBe(two!.digest)
  })
})

describe('a named context that is an image layout', () => {
  test('by its tag, by the only image there is, by a digest', () => {
    const cwd = temporaryFolder()
    fs.mkdirSync(path.join(cwd, 'l'))
    putManifest(path.join(cwd, 'l'), one!, { tag: 'v1' })
    const ref = (text: string): string => openLayoutContext(text, { cwd, newId: () => 'id' }).ref
    expect(ref('oci-layout://l:v1')).toBe(`oci-layout://id:v1@${one!.digest}`)
    expect(ref('oci-layout://l')).toBe(`oci-layout://id:latest@${one!.digest}`)
    expect(ref(`oci-layout://l@${two!.digest}`)).toBe(`oci-layout://id@${two!.digest}`)
    putManifest(path.join(cwd, 'l'), two!, { tag: 'v2' })
    expect(() => ref('oci-layout://l')).toThrow('could not be resolved: failed to resolve digest')
  })
})
