import { describe, expect, it } from 'vitest'
import type { ImageManifest, ImageSummary } from '../../../src/engine/types/image.ts'
import { themeFor, plain } from '../../../src/format/theme.ts'
import { imageTree } from '../../../src/format/views/image-tree.ts'

const part = (letter: string, architecture: string, more: Partial<ImageManifest> = {}, containers: string[] = []) =>
  ({
    ID: `sha256:${letter.repeat(64)}`,
    Kind: 'image',
    Available: true,
    Size: { Content: 2_000_000, Total: 6_000_000 },
    ImageData: { Platform: { os: 'linux', architecture }, Containers: containers, Size: { Unpacked: 0 } },
    ...more,
  }) as ImageManifest
const image = (letter: string, RepoTags: string[], Manifests: ImageManifest[] = [], Containers = 0) =>
  ({
    Id: `sha256:${letter.repeat(64)}`,
    RepoTags,
    RepoDigests: [],
    Created: 0,
    Size: 12_345_678,
    SharedSize: -1,
    Containers,
    Manifests,
  }) as unknown as ImageSummary
const attestation = part('9', '', { Kind: 'attestation', ImageData: null, Size: { Content: 500_000, Total: 500_000 } })
const web = image('a', ['web:2', 'web:1'], [part('1', 'amd64', {}, ['c']), part('2', 'arm64'), attestation])
const options = { expanded: false, columns: undefined, theme: plain }

describe('the tree of images', () => {
  it('has a line for every name in order, those without one last', () => {
    const { text, count } = imageTree([image('b', []), web, image('c', ['app:1'])], options)
    expect(count).toBe(4)
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      'IMAGE        ID             DISK USAGE   CONTENT SIZE   EXTRA',
      'app:1        cccccccccccc       12.3MB             0B',
      'web:1        aaaaaaaaaaaa       12.3MB          4.5MB   U',
      'web:2        aaaaaaaaaaaa       12.3MB          4.5MB   U',
      '<untagged>   bbbbbbbbbbbb       12.3MB             0B',
      '',
    ])
  })

  it('has the platforms below their image when expanded', () => {
    const { text, count } = imageTree([web, image('c', ['app:1'])], { ...options, expanded: true })
    expect(count).toBe(2)
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      'IMAGE                ID             DISK USAGE   CONTENT SIZE   EXTRA',
      'app:1                cccccccccccc       12.3MB             0B',
      '',
      'web:1',
      'web:2                aaaaaaaaaaaa       12.3MB          4.5MB   U',
      '├─ linux/amd64       111111111111          6MB            2MB   U',
      '└─ linux/arm64       222222222222          6MB            2MB',
      '',
      '',
    ])
  })

  it('gives up columns before names on a narrow terminal', () => {
    const { text } = imageTree([image('c', ['a-name-of-some-length:1'])], { ...options, columns: 40 })
    expect(text.split('\n').map((line) => line.trimEnd())).toEqual([
      '                       Info ->  U In Use',
      'IMAGE          ID             DISK USAGE',
      'a-name-of-some-length:1',
      '               cccccccccccc       12.3MB',
      '',
    ])
  })

  it('colours what a terminal shows, and nothing for who asked for no colours', async () => {
    const theme = await themeFor({ isTerminal: true }, {})
    const escape = '\u001b['
    expect(imageTree([web], { ...options, theme }).text).toContain(`${escape}34m`)
    expect(await themeFor({ isTerminal: true }, { NO_COLOR: '1' })).toBe(plain)
    expect(await themeFor({ isTerminal: false }, {})).toBe(plain)
  })
})
