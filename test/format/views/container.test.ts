import { describe, expect, it } from 'vitest'
import type { ContainerSummary } from '../../../src/engine/types/container.ts'
import { renderList } from '../../../src/format/formatter.ts'
import { utc } from '../../../src/go/zone.ts'
import { containerRow, containerView } from '../../../src/format/views/container.ts'

const now = new Date('2024-01-02T00:00:00Z')

function show(container: object, format: string, truncate = true): Promise<string> {
  const rows = [containerRow(container as Partial<ContainerSummary>, { truncate, now, zone: utc })]
  return renderList({ format, header: containerView(true).header, rows }).then((text) => text.slice(0, -1))
}

const id = '5da55e0651f9'.padEnd(64, '0')
const digest = `sha256:${'a'.repeat(64)}`

describe('a row of containers', () => {
  it.each<[string, object, string, string]>([
    ['ID', { Id: id }, '5da55e0651f9', id],
    ['Names', { Names: ['/other/alias', '/web', '/more'] }, 'web', 'other/alias,web,more'],
    ['Names', { Names: null }, '', ''],
    ['Image', {}, '<no image>', '<no image>'],
    ['Image', { Image: digest, ImageID: digest }, 'a'.repeat(12), digest],
    ['Image', { Image: `nginx:1@${digest}`, ImageID: 'x' }, 'nginx:1', `nginx:1@${digest}`],
    ['Image', { Image: `docker.io/library/nginx@${digest}` }, 'nginx', `docker.io/library/nginx@${digest}`],
    ['Image', { Image: 'Not a reference' }, 'Not a reference', 'Not a reference'],
    [
      'Command',
      { Command: 'sh -c "echo a long one"' },
      String.raw`"sh -c \"echo a long …"`,
      String.raw`"sh -c \"echo a long one\""`,
    ],
    [
      'Mounts',
      { Mounts: [{ Name: 'a-very-long-volume' }, { Source: '/src' }] },
      'a-very-long-vo…,/src',
      'a-very-long-volume,/src',
    ],
    ['LocalVolumes', { Mounts: [{ Driver: 'local' }, { Driver: 'nfs' }, {}] }, '1', '1'],
    ['Labels', { Labels: { b: '2', a: '1' } }, 'a=1,b=2', 'a=1,b=2'],
    ['Label "a"', { Labels: { a: '1' } }, '1', '1'],
    ['Label "constructor"', { Labels: {} }, '', ''],
    ['Networks', { NetworkSettings: { Networks: { x: {} } } }, 'x', 'x'],
    ['Networks', { NetworkSettings: null }, '', ''],
    ['Size', { SizeRw: 10, SizeRootFs: 21_500_000 }, '10B (virtual 21.5MB)', '10B (virtual 21.5MB)'],
    ['Size', {}, '0B', '0B'],
    ['CreatedAt', { Created: 1704067200 }, '2024-01-01 00:00:00 +0000 UTC', '2024-01-01 00:00:00 +0000 UTC'],
    ['RunningFor', { Created: 1704067200 }, '24 hours ago', '24 hours ago'],
    ['HealthStatus', { Health: { Status: 'healthy' }, Status: 'Up (unhealthy)' }, 'healthy', 'healthy'],
    ['HealthStatus', { Status: 'Up 2 hours (health: starting)' }, 'starting', 'starting'],
    ['HealthStatus', { Status: 'Exited (0) 2 hours ago' }, '', ''],
    ['HealthStatus', { Status: 'Up 2 hours (Paused)' }, '', ''],
    ['Platform', {}, '<nil>', '<nil>'],
    [
      'Platform',
      { ImageManifestDescriptor: { platform: { os: 'windows', architecture: 'amd64', 'os.version': '10.0+1' } } },
      'windows(10.0%2B1)/amd64',
      'windows(10.0%2B1)/amd64',
    ],
    [
      'Platform',
      {
        ImageManifestDescriptor: {
          platform: { os: 'linux', architecture: 'arm', variant: 'v7', 'os.features': ['b', 'a', 'b'] },
        },
      },
      'linux(+a+b)/arm/v7',
      'linux(+a+b)/arm/v7',
    ],
  ])('%s of %j', async (field, container, cut, full) => {
    expect(await show(container, `{{.${field}}}`)).toBe(cut)
    expect(await show(container, `{{.${field}}}`, false)).toBe(full)
  })

  it('is an object of all that takes no argument in JSON', async () => {
    const shown = JSON.parse(await show({ Id: id }, '{{json .}}')) as Record<string, unknown>
    expect(Object.keys(shown)).toEqual(Object.keys(containerView(true).header).toSorted())
  })
})

describe('the template of a list of containers', () => {
  it.each([
    ['', true, false, '{{.ID}}'],
    ['table {{.Names}}', true, false, '{{.ID}}'],
    ['raw', true, false, 'container_id: {{.ID}}'],
    ['{{.Names}}', false, true, '{{.Names}}'],
  ])('%j with quiet %s', (format, quiet, size, expected) => {
    expect(containerView(size).template(format, quiet)).toBe(expected)
  })
  it('adds the size at the end', () => {
    expect(containerView(true).template('', false)).toMatch(/\{\{\.Names\}\}\t\{\{\.Size\}\}$/)
    expect(containerView(true).template('raw', false)).toMatch(/size: \{\{\.Size\}\}\n$/)
  })
})
