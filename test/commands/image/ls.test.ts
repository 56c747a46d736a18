import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const digest = `sha256:${'b'.repeat(64)}`
const now = new Date('2024-03-01T00:00:00Z')
const image = (letter: string, more: object) => ({
  Id: `sha256:${letter.repeat(64)}`,
  ParentId: '',
  RepoTags: [],
  RepoDigests: [],
  Created: Date.parse('2024-02-01T00:00:00Z') / 1000,
  Size: 4_261_550,
  SharedSize: -1,
  Labels: null,
  Containers: -1,
  ...more,
})
const busybox = image('a', { RepoTags: ['busybox:1', 'busybox:latest'], RepoDigests: [`busybox@${digest}`] })
const nameless = image('c', {})
const byDigest = image('d', { RepoDigests: [`me/app@${digest}`] })
const list = 'GET /images/json'

async function images(argv: string[], world: object = {}, found: object[] = [busybox, nameless, byDigest]) {
  const engine = await fakeEngine({ [list]: { json: found } })
  const result = await run(['images', ...argv], { engine, now, ...world })
  return { ...result, query: engine.requests[0]?.query }
}

describe('docker images', () => {
  it('shows a tree of names by default, and asks for what it needs', async () => {
    const { stdout, query } = await images([])
    expect(query).toEqual({ manifests: '1' })
    expect(stdout).toBe(
      'IMAGE            ID             DISK USAGE   CONTENT SIZE   EXTRA\n' +
        'busybox:1        aaaaaaaaaaaa       4.26MB             0B        \n' +
        'busybox:latest   aaaaaaaaaaaa       4.26MB             0B        \n',
    )
  })

  it('shows a table with a row for each name where the format is given', async () => {
    const { stdout, query } = await images(['--format', 'table', '-a'])
    expect(query).toEqual({ all: '1' })
    expect(stdout).toBe(
      'REPOSITORY   TAG       IMAGE ID       CREATED       SIZE\n' +
        'busybox      1         aaaaaaaaaaaa   4 weeks ago   4.26MB\n' +
        'busybox      latest    aaaaaaaaaaaa   4 weeks ago   4.26MB\n' +
        '<none>       <none>    cccccccccccc   4 weeks ago   4.26MB\n' +
        'me/app       <none>    dddddddddddd   4 weeks ago   4.26MB\n',
    )
  })

  it('shows digests, full IDs, or IDs alone', async () => {
    expect((await images(['--digests', '-a'])).stdout).toContain(`me/app       <none>    ${digest}   dddddddddddd`)
    expect((await images(['--no-trunc'])).stdout).toContain(`busybox      1         sha256:${'a'.repeat(64)}`)
    expect((await images(['-q'])).stdout).toBe('aaaaaaaaaaaa\naaaaaaaaaaaa\n')
  })

  it('says N/A for an image without a time in the table only', async () => {
    const undated = [image('a', { RepoTags: ['x:1'], Created: -62_135_596_800 })]
    expect((await images(['--format', 'table'], {}, undated)).stdout).toContain('aaaaaaaaaaaa   N/A')
    expect((await images(['--format', '[{{.CreatedSince}}]'], {}, undated)).stdout).toBe('[]\n')
  })

  it('shows times in the zone of TZ', async () => {
    const world = { env: { TZ: 'America/New_York' } }
    expect((await images(['--format', '{{.CreatedAt}}'], world, [busybox])).stdout).toContain(
      '2024-01-31 19:00:00 -0500 EST\n',
    )
  })

  it('takes the format of config.json, but not with -q', async () => {
    const world = { config: { imagesFormat: '{{.Repository}}' } }
    expect((await images([], world)).stdout).toBe('busybox\nbusybox\n')
    expect((await images(['-q'], world)).stdout).toBe('aaaaaaaaaaaa\naaaaaaaaaaaa\n')
    expect((await images(['--format', '{{.Tag}}'], world)).stdout).toBe('1\nlatest\n')
  })

  it('keeps nameless images to who asks for them', async () => {
    const shown = async (argv: string[]) => (await images(['-q', ...argv], {}, [nameless])).stdout !== ''
    expect([await shown([]), await shown(['-a']), await shown(['-f', 'dangling=false'])]).toEqual([false, true, false])
    expect([await shown(['-f', 'dangling=true']), await shown(['-f', 'since=x'])]).toEqual([true, false])
  })

  it('sends filters and the name', async () => {
    const { query } = await images(['-q', '-f', 'label=a', '-f', 'label=b', 'busy*'])
    expect(JSON.parse(String(query?.['filters']))).toEqual({
      label: { a: true, b: true },
      reference: { 'busy*': true },
    })
  })

  it('guesses what was meant by `images ls`', async () => {
    expect((await images(['ls'], {}, [])).stderr).toBe(
      'No images found matching "ls": did you mean "docker image ls"?\n',
    )
    expect((await images(['other'], {}, [])).stderr).toBe('')
    const engine = await fakeEngine({ [list]: { json: [] } })
    expect((await run(['image', 'ls', 'ls'], { engine })).stderr).toBe('')
  })

  it.each([['-q', '--quiet'], ['--no-trunc'], ['--digests', '--show-digest'], ['--format=x', '--format']])(
    'refuses --tree beside %s',
    async (flag, said = flag) => {
      const { stderr, exitCode } = await run(['images', '--tree', flag], { engine: await fakeEngine() })
      expect([stderr, exitCode]).toEqual([`${said} is not yet supported with --tree\n`, 1])
    },
  )
})
