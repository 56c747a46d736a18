import { command, exactly } from '../../cli/command.ts'
import { type CliError, cliError, wrap } from '../../errors/cli-error.ts'
import { commaList, string } from '../../cli/flags.ts'
import { formatReference, type Reference } from '../../parse/reference.ts'
import type { ImageManifest, ManifestPlatform } from '../../registry/image-manifest.ts'
import { ManifestStore } from '../../registry/manifest-store.ts'
import { normalized } from './_registry.ts'
import { dictionary } from '../../go/dictionary.ts'

/** The systems and architectures that Go runs on, as far as images are made for them (docker/cli manifest validOSArches). */
const known = dictionary({
  darwin: '386 amd64 arm arm64',
  dragonfly: 'amd64',
  freebsd: '386 amd64 arm',
  linux: '386 amd64 arm arm64 ppc64le mips64 mips64le riscv64 s390x',
  netbsd: '386 amd64 arm',
  openbsd: '386 amd64 arm',
  plan9: '386 amd64',
  solaris: 'amd64',
  windows: '386 amd64',
})

export default command({
  path: ['manifest annotate'],
  summary: 'Annotate an image in a local manifest list',
  args: exactly(2, 'MANIFEST_LIST MANIFEST'),
  flags: {
    os: string('Operating system'),
    arch: string('Architecture'),
    osVersion: string('Operating system version'),
    osFeatures: commaList('Operating system features'),
    variant: string('Architecture variant'),
  },
  complete: 'images',
  async run(context, { args: [list = '', image = ''], options }) {
    const name = formatReference(named(list, `manifest list ${list}`))
    const member = formatReference(named(image, `manifest ${image}`))
    const store = new ManifestStore(context.configDir)
    const manifest = find(store, { list, image }, name, member)
    const { os = '', arch = '', variant, osVersion, osFeatures = [] } = options
    const before = manifest.descriptor.platform
    const platform: ManifestPlatform = { ...before, os: before?.os ?? '', architecture: before?.architecture ?? '' }
    if (os !== '') platform.os = os
    if (arch !== '') platform.architecture = arch
    if (osFeatures.length > 0)
      platform['os.features'] = [...new Set([...(platform['os.features'] ?? []), ...osFeatures])]
    if (variant) platform.variant = variant
    if (osVersion) platform['os.version'] = osVersion
    if (!(known[platform.os] ?? '').split(' ').includes(platform.architecture) || platform.architecture === '') {
      throw cliError(`manifest entry for image has unsupported os/arch combination: ${os}/${arch}`)
    }
    store.save(name, member, { ...manifest, descriptor: { ...manifest.descriptor, platform } })
  },
})

function named(text: string, what: string): Reference {
  try {
    return normalized(text)
  } catch (error) {
    throw wrap(error, `annotate: error parsing name for ${what}`)
  }
}

function find(
  store: ManifestStore,
  given: { list: string; image: string },
  list: string,
  image: string,
): ImageManifest {
  try {
    return store.get(list, image)
  } catch (error) {
    if ((error as CliError).code !== 'manifest/not-found') throw error
    throw cliError(`manifest for image ${given.image} does not exist in ${given.list}`)
  }
}
