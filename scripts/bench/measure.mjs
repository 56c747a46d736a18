// What one run of a program takes: wall time, processor time and memory.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

// A shell starts the program, since Node does not tell what its children took of the processor, and shells do to the millisecond.
const SCRIPT = `
began=$EPOCHREALTIME
"$@" <&0 3>&- &
echo $! >&3
wait $!
status=$?
echo $began $EPOCHREALTIME >&3
times >&3
exit $status`
const PIPED = `set -o pipefail
if [ -n "$IN" ]; then cat "$IN"; fi | bash -c "$SCRIPT" bash "$@" | cat >/dev/null`

/**
 * Runs a command and gives its wall and processor time in milliseconds and the most memory it had in MiB; a run that fails is an
 * error. `input` is a file for stdin, `pipe` puts pipes in the place of that file and of what takes the output.
 */
export async function measure(command, { env, input, output = '/dev/null', pipe = false }) {
  const began = performance.now()
  const stdin = fs.openSync(input ?? '/dev/null', 'r')
  const stdout = fs.openSync(output, 'w')
  const child = spawn('bash', ['-c', pipe ? PIPED : SCRIPT, 'bash', ...command], {
    env: pipe ? { ...env, SCRIPT, IN: input ?? '' } : env,
    stdio: [stdin, stdout, 'pipe', 'pipe'],
  })
  for (const fd of [stdin, stdout]) fs.closeSync(fd)
  let told = ''
  let problem = ''
  let memory = 0
  const look = () => (memory = Math.max(memory, peakOf(told.split('\n')[0])))
  const timer = setInterval(look, 10)
  child.stdio[3].on('data', (text) => {
    told += text
    look()
  })
  child.stderr.on('data', (text) => (problem = (problem + text).slice(-2000)))
  const status = await new Promise((resolve) => child.on('close', resolve))
  clearInterval(timer)
  if (status !== 0)
    throw new Error(
      `${path.basename(command[0])} ${command.slice(1).join(' ').slice(0, 200)} ended with ${status}: ${problem}`,
    )
  const [, clock, , children] = told.split('\n')
  return { wall: wallOf(clock) ?? performance.now() - began, cpu: processorOf(children), memory }
}

/** Runs contenders in turn, one run each that does not count and then `runs`, and gives the median of each figure. */
export async function compare(contenders, { runs, before = () => undefined, ...rest }) {
  const taken = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let round = -1; round < runs; round++) {
    for (const [name, command] of Object.entries(contenders)) {
      before()
      const figures = await measure(command, rest)
      if (round >= 0) taken[name].push(figures)
    }
  }
  const of = (list, figure) => median(list.map((figures) => figures[figure]))
  return Object.fromEntries(
    Object.entries(taken).map(([name, list]) => [
      name,
      { wall: of(list, 'wall'), cpu: of(list, 'cpu'), memory: of(list, 'memory') },
    ]),
  )
}

export function median(list) {
  const sorted = list.toSorted((a, b) => a - b)
  return (sorted[Math.floor((sorted.length - 1) / 2)] + sorted[Math.ceil((sorted.length - 1) / 2)]) / 2
}

function peakOf(pid) {
  try {
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

// Shells before bash 5 have no clock.
function wallOf(clock) {
  const [began, ended] = clock.split(' ').map(Number)
  return began > 0 ? (ended - began) * 1e3 : undefined
}

/** What `times` says, as in `0m0.031s 0m0.012s`, in milliseconds. */
function processorOf(text) {
  return text
    .split(' ')
    .map((time) => Number(time.split('m')[0]) * 60e3 + parseFloat(time.split('m')[1]) * 1e3)
    .reduce((sum, time) => sum + time, 0)
}
