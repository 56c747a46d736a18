import { group } from '../../cli/command.ts'

export default group({ path: 'system', summary: 'Manage the Docker daemon' })
