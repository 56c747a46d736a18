// How long a key takes from the terminal through `exec -it` and back.
import { spawn } from '@lydell/node-pty'
import { median } from './measure.mjs'

const KEYS = 500

/** Types into both clients in turn and prints the median of each one's echo, in microseconds. */
export async function keys({ docket, reference, env, json }) {
  const commands = Object.entries({ docket, ...(reference === undefined ? {} : { reference: [reference] }) })
  const sessions = []
  for (const [name, command] of commands)
    sessions.push(await open(name, [...command, 'exec', '-it', 'tty-echo', 'cat'], env))
  for (let i = -50; i < KEYS; i++) {
    for (const session of sessions) {
      const took = await session.key(String.fromCharCode(97 + (Math.abs(i) % 26)))
      if (i >= 0) session.times.push(took)
    }
  }
  const figures = Object.fromEntries(sessions.map(({ name, times }) => [name, median(times)]))
  for (const session of sessions) session.end()
  if (json) return console.log(JSON.stringify({ title: 'keys', name: 'exec -it', runs: KEYS, figures }))
  const ratio = figures.reference === undefined ? '' : `, ${(figures.docket / figures.reference).toFixed(2)}x`
  const text = Object.entries(figures).map(([name, time]) => `${name} ${time.toFixed(0)} us`)
  return console.log(`\nkeystroke echo in exec -it, median of ${KEYS}: ${text.join(', ')}${ratio}`)
}

/** A session that has said that it is ready. */
async function open(name, [file, ...args], env) {
  const terminal = spawn(file, args, { env, encoding: null })
  let shown = () => undefined
  terminal.onData((chunk) => shown(String(chunk)))
  const until = (text) =>
    new Promise((resolve) => {
      let seen = ''
      shown = (chunk) => (seen += chunk).includes(text) && resolve()
    })
  await until('ready')
  const key = async (char) => {
    const began = process.hrtime.bigint()
    const echoed = until(char)
    terminal.write(char)
    await echoed
    return Number(process.hrtime.bigint() - began) / 1e3
  }
  return { name, key, times: [], end: () => terminal.kill('SIGKILL') }
}
