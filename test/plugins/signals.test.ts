import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../harness.ts'
import { programArgv, programEnv } from '../program.ts'

/** A plugin that says when it runs, and takes no notice of signals. */
const stubborn = `#!/bin/sh
if [ "$1" = docker-cli-plugin-metadata ]; then
  echo '{"SchemaVersion":"0.1.0","Vendor":"test"}'
  exit
fi
trap '' INT TERM
echo running
while :; do sleep 0.1; done
`

test('the third signal kills a plugin that does not end, and says so in one line', async () => {
  const config = temporaryFolder()
  fs.mkdirSync(path.join(config, 'cli-plugins'))
  fs.writeFileSync(path.join(config, 'cli-plugins/docker-stubborn'), stubborn, { mode: 0o755 })
  const [file = '', ...args] = programArgv()
  const env = programEnv('unix:///nowhere.sock', { DOCKER_CONFIG: config })
  // In a group of its own, so that the test ends the plugin's `sleep`, too.
  const child = spawn(file, [...args, 'stubborn'], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  onTestFinished(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    } catch {
      // It has ended.
    }
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  await once(child.stdout, 'data')
  const ended = once(child, 'exit')
  // Signals that wait together count once, on a busy machine too.
  for (let sent = 0; sent < 30 && child.exitCode === null; sent++) {
    child.kill('SIGTERM')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  expect((await ended)[0]).toBe(1)
  expect(said).toBe('got 3 SIGTERM/SIGINTs, forcefully exiting\n')
}, 20_000)
