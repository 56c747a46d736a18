import { bool } from '../../cli/flags.ts'

/** `--disable-content-trust`: still taken, without effect. */
export function contentTrust() {
  return bool('Skip image verification', {
    shownDefault: 'true',
    hidden: true,
    deprecated: 'support for docker content trust was removed',
  })
}
