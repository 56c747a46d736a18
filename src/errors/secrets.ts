import { messageOf, reword } from './cli-error.ts'

/** Takes the join tokens and unlock keys of swarms out of a text: errors are pasted into reports and kept in logs. */
export function withoutSecrets(text: string): string {
  return text.includes('SWM') ? text.replace(/\bSWM(TKN|KEY)-[\w+/=-]+/g, 'SWM$1-...') : text
}

/** An error without `secret` in its message, which a daemon may have repeated; the very error where it is not in there. */
export function withoutSecret(error: unknown, secret: string): unknown {
  const message = messageOf(error)
  // A word as short as this is in many a message, and opens nothing.
  if (secret.length < 8 || !message.includes(secret)) return error
  return reword(error, message.replaceAll(secret, '...'))
}
