const containerMode = /^container:./s

/** Checks `--pid`: nothing, `host`, or another container's (moby/api PidMode.Valid). */
export function parsePidMode(text: string): string {
  return check(text, text === '' || text === 'host' || containerMode.test(text), '--pid: invalid PID mode')
}

/** Checks `--uts`: nothing or `host`. */
export function parseUtsMode(text: string): string {
  return check(text, text === '' || text === 'host', '--uts: invalid UTS mode')
}

/** Checks `--userns`: nothing or `host`. */
export function parseUserNamespace(text: string): string {
  return check(text, text === '' || text === 'host', '--userns: invalid USER mode')
}

/** Checks `--cgroupns`: nothing, `host` or `private`. */
export function parseCgroupNamespace(text: string): string {
  return check(text, ['', 'host', 'private'].includes(text), '--cgroupns: invalid CGROUP mode')
}

function check(text: string, valid: boolean, message: string): string {
  if (!valid) throw new Error(message)
  return text
}
