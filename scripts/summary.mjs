// usage: summary.mjs FOLDER
// Counts what scripts/test ran: for each NAME.code in FOLDER an exit code, and beside it NAME.json where NAME was a run of vitest.
// A step that failed without a failed test (a check, a crash, an unhandled error) counts as one failure.
import fs from 'node:fs'
import path from 'node:path'

const folder = process.argv[2]
const total = { passed: 0, failed: 0, skipped: 0 }

console.log()
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.code'))) {
  const name = file.slice(0, -'.code'.length)
  const code = Number(fs.readFileSync(path.join(folder, file), 'utf8'))
  const count = countOf(path.join(folder, `${name}.json`))
  if (code !== 0 && count.failed === 0) count.failed = 1
  for (const key of Object.keys(total)) total[key] += count[key]
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name}: ${words(count)}`)
}
if (total.passed === 0) {
  console.log('no test ran')
  total.failed += 1
}
console.log()
console.log(words(total))
process.exitCode = total.failed > 0 ? 1 : 0

/** Counts single tests from vitest's report; a file that could not be loaded counts as one failure. */
function countOf(report) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  if (!fs.existsSync(report)) return count
  for (const file of JSON.parse(fs.readFileSync(report, 'utf8')).testResults) {
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed')) count.failed += 1
    for (const { status } of file.assertionResults) count[status in count ? status : 'skipped'] += 1
  }
  return count
}

function words({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
