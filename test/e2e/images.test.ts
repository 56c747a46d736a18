import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pack } from 'tar-stream'
import { expect, test } from 'vitest'
import { onEngines } from '../engines.ts'

onEngines('an image', (engine) => {
  const { docket } = engine

  test('is listed, tagged and untagged', async () => {
    expect((await docket(['images'])).stdout).toMatch(/busybox/)
    const id = (await docket(['image', 'inspect', '--format', '{{.Id}}', 'busybox'])).stdout.trim()
    await docket(['tag', 'busybox', 'other/name:2'])
    expect((await docket(['images', '-q', '--no-trunc', 'other/name'])).stdout).toContain(`${id}\n`)
    expect((await docket(['rmi', 'other/name:2'])).stdout).toMatch(/^Untagged: .*other\/name:2\n$/)
    expect((await docket(['images', '-q', 'other/name'])).stdout).toBe('')
  })

  test('is imported from a file and from stdin, with changes', async () => {
    const archive = pack()
    archive.entry({ name: 'etc/hello' }, 'hello\n')
    archive.finalize()
    const tar = await buffer(archive)
    const folder = mkdtempSync(join(tmpdir(), 'docket-import-'))
    try {
      writeFileSync(join(folder, 'root.tar'), tar)
      const file = await docket(['import', '--change', 'ENV A=b', join(folder, 'root.tar'), 'made:1'])
      expect(file.stdout).toMatch(/^(sha256:)?[0-9a-f]{64}/)
      const piped = await docket(['import', '-', 'made:2'], { input: tar })
      expect(piped.stdout).toMatch(/^(sha256:)?[0-9a-f]{64}/)
      const { stdout } = await docket(['image', 'inspect', '--format', '{{json .Config.Env}}', 'made:1'])
      expect(stdout).toContain('"A=b"')
    } finally {
      rmSync(folder, { recursive: true })
      await docket(['rmi', '-f', 'made:1', 'made:2'])
    }
  })

  test('that is not there is an error with its name', async () => {
    const { code, stderr, stdout } = await docket(['image', 'inspect', 'absent'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '[]\n' })
    expect(stderr).toMatch(/absent/)
  })
})

onEngines('the engine', (engine) => {
  test('tells its version and its state', async () => {
    const { stdout } = await engine.docket(['version', '--format', '{{.Server.Version}}'])
    expect(stdout).toMatch(engine.kind === 'podman' ? /^4\./ : /^2[08]\./)
    expect((await engine.docket(['version'])).stdout).toMatch(/Client:[\s\S]*Server:/)
    expect((await engine.docket(['info', '--format', '{{.OSType}}'])).stdout).toBe('linux\n')
  })
})

onEngines(
  'the engine over TLS',
  (engine) => {
    const over = (folder: string, more: string[] = []): string[] => [
      '-H',
      engine.tlsHost ?? '',
      '--tlsverify',
      ...more,
      '--tlscacert',
      join(folder, 'ca.pem'),
    ]
    const withCertificate = (folder: string): string[] => [
      ...over(folder),
      '--tlscert',
      join(folder, 'cert.pem'),
      '--tlskey',
      join(folder, 'key.pem'),
    ]
    const certificates = (name: string): string => join(engine.testbed.certificates, name)

    test('answers who has the right certificate: flags, or the environment', async () => {
      const { stdout } = await engine.docket(
        [...withCertificate(certificates('right')), 'run', '-i', '--rm', 'busybox', 'cat'],
        { input: 'over TLS\n' },
      )
      expect(stdout).toBe('over TLS\n')
      const env = { DOCKER_HOST: engine.tlsHost ?? '', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates('right') }
      expect((await engine.docket(['ps', '-q'], { env })).code).toBe(0)
    })

    test('refuses who has an expired or a foreign one, and each is told', async () => {
      for (const name of ['expired', 'foreign']) {
        const { code, stderr } = await engine.docket([...withCertificate(certificates(name)), 'ps'])
        expect(code).toBe(1)
        expect(stderr).toMatch(/certificate|tls/i)
      }
    })
  },
  ['tls'],
)
