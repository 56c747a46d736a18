import { requestContract } from './transport-contract.ts'
import { overUndici } from './transports.ts'

requestContract('undici over TCP', overUndici)
