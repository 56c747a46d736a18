import { atLeast, command } from '../../cli/command.ts'
import { formatReference } from '../../parse/reference.ts'
import { ManifestStore } from '../../registry/manifest-store.ts'
import { eachInOrder } from '../_each.ts'
import { normalized } from './_registry.ts'

export default command({
  path: ['manifest rm'],
  summary: 'Remove one or more local manifest lists',
  args: atLeast(1, 'MANIFEST_LIST [MANIFEST_LIST...]'),
  complete: 'images',
  async run(context, { args }) {
    const store = new ManifestStore(context.configDir)
    await eachInOrder(args, async (list) => {
      const name = formatReference(normalized(list))
      store.getList(name)
      store.remove(name)
    })
  },
})
