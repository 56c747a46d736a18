import { cut } from './cut.ts'

const kernel = /^kernel\.(msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced)$/

/** Checks `--sysctl` as `key=value` with a key that has a namespace of its own, and gives it unchanged (docker/cli opts ValidateSysctl). */
export function parseSysctl(text: string): string {
  const { before: key, found } = cut(text, '=')
  if (!found || !(kernel.test(key) || /^(net|fs\.mqueue)\./.test(key)))
    throw new Error(`sysctl '${text}' is not allowed`)
  return text
}
