import { credentials } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import { isNameOnly, parseReference, type Reference, withDefaultTag } from '../../parse/reference.ts'
import { ManifestClient } from '../../registry/manifests.ts'
import { userAgent } from '../registry/_user-agent.ts'

/** Runs `use` with a client for registries, and closes it after. */
export async function withRegistry<T>(
  context: Context,
  insecure: boolean,
  use: (client: ManifestClient) => Promise<T>,
): Promise<T> {
  const client = new ManifestClient({
    env: context.env,
    userAgent: userAgent(context),
    now: context.now,
    insecure,
    auth: (domain) => credentials(context, domain).catch(() => ({})),
    signal: context.signal,
  })
  try {
    return await use(client)
  } finally {
    client.close()
  }
}

/** A reference in full, with the tag `latest` where it has neither tag nor digest. */
export function normalized(text: string): Reference {
  const reference = parseReference(text)
  return isNameOnly(reference) ? withDefaultTag(reference) : reference
}
