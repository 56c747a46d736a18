import { bool, list, type Options, string, value } from '../../../cli/flags.ts'
import { parseBool } from '../../../go/bool.ts'

/** The flags that only BuildKit knows (buildx commands/build.go). */
export const buildkitFlags = {
  allow: list('Extra privilege of the build: network.host, security.insecure, device or buildx.local.delete', {
    complete: 'build-entitlements',
  }),
  annotation: list('Annotation of the image, [TYPE:]KEY=VALUE'),
  attest: list('Attestation to make, type=TYPE[,KEY=VALUE]', { complete: 'build-attestations' }),
  buildContext: list('Further build context, NAME=PATH'),
  builder: string("Builder to use; those besides the engine's own need the buildx plugin"),
  cacheTo: list('Where to put the cache, IMAGE or type=TYPE[,KEY=VALUE]', { complete: 'build-cache-to' }),
  call: string('What to ask of the frontend: "check", "outline" or "targets"', {
    shownDefault: 'build',
    complete: 'build-calls',
  }),
  check: value('bool', 'The same as --call=check', readCheck, { sameAs: 'call', noValue: 'true' }),
  load: bool('The same as --output=type=docker'),
  metadataFile: string('File to write what is known of the result to', { complete: 'files' }),
  noCacheFilter: list('Build stage to build anew, without the cache'),
  output: list('Where the result goes, type=TYPE[,dest=PATH][,KEY=VALUE]', { short: 'o', complete: 'build-outputs' }),
  policy: list(
    'Policy of the sources that a build may use; "disabled=true" goes without, others need the buildx plugin',
  ),
  progress: string('How progress is shown: "auto", "none", "plain", "quiet", "rawjson" or "tty"', {
    shownDefault: 'auto',
    complete: 'build-progress',
  }),
  provenance: string('The same as --attest=type=provenance', { complete: 'build-provenance' }),
  push: bool('The same as --output=type=registry,unpack=false'),
  resource: list('Resource limit of RUN instructions, such as "memory=2g"'),
  sbom: string('The same as --attest=type=sbom', { complete: 'build-switch' }),
  secret: list('Secret that the build may read, id=ID[,src=FILE|,env=NAME]', { complete: 'build-secrets' }),
  ssh: list('SSH agent or keys that the build may use, default|ID[=SOCKET|KEY[,KEY]]', { complete: 'build-ssh' }),
} as const

export type BuildkitOptions = Options<typeof buildkitFlags>

function readCheck(text: string, before: string | undefined): string {
  return parseBool(text) ? 'check' : (before ?? 'build')
}
