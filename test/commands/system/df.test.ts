import { describe, expect, it } from 'vitest'
import { fakeEngine } from '../../fake-engine.ts'
import { run } from '../../harness.ts'

const now = new Date('2024-03-01T00:00:00Z')
const created = now.getTime() / 1000 - 3600
const cache = {
  Type: 'regular',
  Description: 'a step',
  InUse: false,
  Shared: false,
  Size: 1000,
  CreatedAt: '2024-02-29T23:00:00Z',
  LastUsedAt: null,
  UsageCount: 1,
}
const legacy = {
  LayersSize: 10_000_000,
  Images: [
    { Id: 'sha256:aaaa', RepoTags: ['a:1'], Created: created, Size: 6_000_000, SharedSize: 1_000_000, Containers: 0 },
    { Id: 'sha256:bbbb', RepoTags: null, Created: created, Size: 4_000_000, SharedSize: 0, Containers: 2 },
  ],
  Containers: [
    { Id: 'cccc', Names: ['/run'], Image: 'a:1', Command: 'x', Created: created, State: 'running', SizeRw: 300 },
    { Id: 'dddd', Names: ['/off'], Image: 'a:1', Command: 'y', Created: created, State: 'exited', SizeRw: 700 },
  ],
  Volumes: [
    { Name: 'v', Driver: 'local', UsageData: { Size: 2000, RefCount: 1 } },
    { Name: 'w', Driver: 'local', UsageData: { Size: 6000, RefCount: 0 } },
    { Name: 'unknown', Driver: 'local', UsageData: { Size: -1, RefCount: -1 } },
  ],
  BuildCache: [
    { ...cache, ID: 'k2', InUse: true },
    { ...cache, ID: 'k1', Shared: true, LastUsedAt: '2024-02-29T23:59:00Z' },
    { ...cache, ID: 'k0', Size: 500 },
  ],
}
const usage = 'GET /system/df'

describe('docker system df', () => {
  it('counts what an older daemon lists', async () => {
    const engine = await fakeEngine({ [usage]: { json: legacy } }, { apiVersion: '1.51' })
    expect((await run(['system', 'df'], { engine })).stdout).toBe(
      'TYPE            TOTAL     ACTIVE    SIZE      RECLAIMABLE\n' +
        'Images          2         1         10MB      5MB (50%)\n' +
        'Containers      2         1         1kB       700B (70%)\n' +
        'Local Volumes   3         1         8kB       6kB (75%)\n' +
        'Build Cache     3         1         1.5kB     500B\n',
    )
  })

  it("takes a newer daemon's own figures", async () => {
    const json = { ImageUsage: { TotalCount: 5, ActiveCount: 2, TotalSize: 400, Reclaimable: 100 } }
    const engine = await fakeEngine({ [usage]: { json } }, { apiVersion: '1.52' })
    const { stdout } = await run(['system', 'df', '--format', '{{.Type}} {{.TotalCount}} {{.Reclaimable}}'], { engine })
    expect(stdout).toBe('Images 5 100B (25%)\nContainers 0 0B\nLocal Volumes 0 0B\nBuild Cache 0 0B\n')
  })

  it('shows every object with -v', async () => {
    const engine = await fakeEngine({ [usage]: { json: legacy } }, { apiVersion: '1.51' })
    const { stdout } = await run(['system', 'df', '-v'], { engine, now })
    expect(engine.requests[0]?.query).toEqual({ verbose: '1' })
    expect(stdout.replaceAll(/ +$/gm, '')).toBe(
      `Images space usage:

REPOSITORY   TAG       IMAGE ID   CREATED             SIZE      SHARED SIZE   UNIQUE SIZE   CONTAINERS
a            1         aaaa       About an hour ago   6MB       1MB           5MB           0
<none>       <none>    bbbb       About an hour ago   4MB       0B            4MB           2

Containers space usage:

CONTAINER ID   IMAGE     COMMAND   LOCAL VOLUMES   SIZE      CREATED             STATUS    NAMES
cccc           a:1       "x"       0               300B      About an hour ago             run
dddd           a:1       "y"       0               700B      About an hour ago             off

Local Volumes space usage:

VOLUME NAME   LINKS     SIZE
v             1         2kB
w             0         6kB
unknown       -1        -1B

Build cache usage: 1.5kB

CACHE ID   CACHE TYPE   SIZE      CREATED             LAST USED            USAGE     SHARED
k0         regular      500B      About an hour ago                        1         false
k2*        regular      1kB       About an hour ago                        1         false
k1         regular      1kB       About an hour ago   About a minute ago   1         true
`,
    )
  })

  it('hands everything to one template with -v', async () => {
    const engine = await fakeEngine({ [usage]: { json: legacy } }, { apiVersion: '1.51' })
    const format = '{{range .Volumes}}{{.Name}} {{end}}{{len .Images}}'
    expect((await run(['system', 'df', '-v', '--format', format], { engine })).stdout).toBe('v w unknown 2')
    const json = await run(['system', 'df', '-v', '--format', 'json'], { engine })
    expect(Object.keys(JSON.parse(json.stdout) as object)).toEqual(['Images', 'Containers', 'Volumes', 'BuildCache'])
    const failed = await run(['system', 'df', '-v', '--format', '{{.Nope}}'], { engine })
    expect(failed.stderr).toContain("can't evaluate field Nope in type *formatter.diskUsageContext")
  })
})
