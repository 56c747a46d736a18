import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

onEngines('podman', (engine) => {
  test.runIf(engine.kind === 'podman').each([
    ['swarm init', '/swarm/init'],
    ['swarm join --token t manager', '/swarm/join'],
    ['swarm join-token worker', '/swarm'],
    ['swarm leave', '/swarm/leave'],
    ['swarm ca', '/swarm'],
    ['node ls', '/nodes'],
    ['service ls', '/services'],
    ['stack ls', '/services'],
  ])('says of %s in one line that it has none', async (line, path) => {
    const { code, stdout, stderr } = await engine.docket(line.split(' '))
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^Error response from daemon: Podman does not support service: \/v[\d.]+(\/\w+)+\n$/)
    expect(stderr).toContain(`${path}\n`)
  })
})
