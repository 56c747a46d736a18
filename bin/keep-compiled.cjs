'use strict'
// Keeps what V8 compiled in this run for the next one (bin/docket): beside dist/ where that is the caller's, else in the caller's
// folder for caches. Keeping it is never worth an error: without a place for it, every run compiles.
const fs = require('node:fs')
const path = require('node:path')

const windows = process.platform === 'win32'

/** Writes the file of a command at the end of its run, when V8 holds the functions that ran. */
exports.keep = ({ dist, build, HEAD, name, status, loaded, pack, cacheFolder, isTrusted }) => {
  // Node's flags are part of what V8 compiles for; what they change must not replace what plain calls use.
  if (process.execArgv.length > 0 || process.env.NODE_OPTIONS) return
  // Any word may be given for a command, and a file for each would be too many.
  if (status !== 0 && ![...loaded.keys()].some((chunk) => chunk.startsWith('commands-'))) return
  try {
    const { folder, mode } = placeFor(dist, build, cacheFolder)
    if (folder === '' || !make(folder, mode) || !isTrusted(folder)) return
    sweep(folder)
    write(
      path.join(folder, name),
      packed({ build, succeeded: status === 0 }, formsOf(loaded, pack), HEAD),
      mode & 0o666,
    )
  } catch {
    // A read-only or full disk: the next run compiles again.
  }
}

/** The folder to write to. What lies beside dist/ may be read by whoever may read dist/. */
function placeFor(dist, build, cacheFolder) {
  const { uid, mode } = fs.lstatSync(dist)
  const own = windows || (uid === process.geteuid() && (mode & 0o022) === 0)
  if (own && !windows) return { folder: path.join(dist, `compiled-${build}`), mode: mode & 0o755 }
  return { folder: cacheFolder(), mode: 0o700 }
}

/** Makes the folder, in the caller's own folders only; whether it may be used then. */
function make(folder, mode) {
  let above = path.dirname(folder)
  while (!fs.existsSync(above)) above = path.dirname(above)
  const stat = fs.statSync(above)
  if (!windows && (stat.uid !== process.geteuid() || (stat.mode & 0o002) !== 0)) return false
  if (fs.mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) fs.chmodSync(folder, mode)
  return true
}

/** The compiled forms of what this run has loaded, and of what others of the same command needed beside it. */
function formsOf(loaded, pack) {
  const forms = new Map()
  for (const [chunk, { code, script }] of loaded) forms.set(chunk, { code, data: script.createCachedData() })
  const size = () => [...forms.values()].reduce((sum, { code, data }) => sum + code.length + data.length, 0)
  for (const [chunk, form] of pack?.forms ?? []) if (!forms.has(chunk) && size() < MAX_SIZE) forms.set(chunk, form)
  return forms
}

/** Reading more would cost every run of the command more than one that needs it gains. */
const MAX_SIZE = 1024 * 1024

function packed(about, forms, digits) {
  const chunks = Array.from(forms, ([chunk, { code, data }]) => ({ chunk, data: data.length, code: code.length }))
  const list = [...forms.values()]
  // V8 copies data that does not begin where a pointer may.
  const text = JSON.stringify({ ...about, chunks })
  const head = Buffer.from(text.padEnd(text.length + 8 - ((digits + text.length) % 8)))
  const once = [Buffer.from(String(head.length).padStart(digits, '0')), head, ...list.map(({ data }) => data)]
  return Buffer.concat([...once, ...once, ...list.map(({ code }) => code)])
}

/**
 * Puts a file in its place whole, and leaves none where that fails. The disk is not waited for, which may take as long as whatever
 * else is being written: what a crash of the machine makes of the file is noticed when it is read.
 */
function write(file, content, mode) {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`)
  try {
    fs.rmSync(temporary, { force: true })
    const fd = fs.openSync(temporary, 'wx', 0o600)
    try {
      fs.writeFileSync(fd, content)
      fs.fchmodSync(fd, mode)
    } finally {
      fs.closeSync(fd)
    }
    fs.renameSync(temporary, file)
  } catch (error) {
    fs.rmSync(temporary, { force: true })
    throw error
  }
}

/** Removes what a run that was killed has left. */
function sweep(folder) {
  for (const name of fs.readdirSync(folder)) {
    const file = path.join(folder, name)
    if (name.startsWith('.') && Date.now() - fs.lstatSync(file).mtimeMs > 60_000) fs.rmSync(file, { force: true })
  }
}
