import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { run, temporaryFolder } from '../../harness.ts'

/** What docker/cli 19.03 wrote, with an orchestrator and an endpoint of Kubernetes. */
const metadata = {
  Name: 'mine',
  Metadata: { Description: 'my remote cluster', StackOrchestrator: 'kubernetes' },
  Endpoints: {
    docker: { Host: 'ssh://someserver', SkipTLSVerify: false },
    kubernetes: { Host: 'https://someserver', SkipTLSVerify: false, DefaultNamespace: 'default' },
  },
}

test('imports a context for Kubernetes, too, and lists it by its Docker endpoint', async () => {
  const configDir = temporaryFolder()
  const archive = pack()
  archive.entry({ name: 'meta.json' }, JSON.stringify(metadata))
  archive.entry({ name: 'tls/', type: 'directory' })
  archive.entry({ name: 'tls/kubernetes/', type: 'directory' })
  archive.entry({ name: 'tls/kubernetes/key.pem' }, 'KEY')
  archive.finalize()
  const stdin = Readable.from([await buffer(archive)])
  expect(await run(['context', 'import', 'remote', '-'], { configDir, stdin })).toEqual({
    stdout: 'remote\n',
    stderr: 'Successfully imported context "remote"\n',
    exitCode: 0,
  })
  expect(await run(['context', 'ls'], { configDir })).toEqual({
    stdout: `\
NAME        DESCRIPTION                               DOCKER ENDPOINT               ERROR
default *   Current DOCKER_HOST based configuration   unix:///var/run/docker.sock   \n\
remote      my remote cluster                         ssh://someserver              \n`,
    stderr: '',
    exitCode: 0,
  })
  const { stdout } = await run(['context', 'inspect', '-f', '{{json .TLSMaterial}}', 'remote'], { configDir })
  expect(stdout).toBe('{"kubernetes":["key.pem"]}\n')
})
