// Prints the folder CID of n files i.json (i from 0) holding {"name":"#i"}, or with --bytes the CID of a file of n
// times the letter a. Profile unixfs-v1-2025 by the reference importer.
//   node cids.mjs 2 5000            node cids.mjs --bytes 1048577
//   node cids.mjs --dir FOLDER      the folder's files by name
import { readdirSync, createReadStream } from 'node:fs'
import { join } from 'node:path'
import { importer } from 'ipfs-unixfs-importer'

const blockstore = { async put (cid) { return cid }, async * putMany () {} }

async function root (files, wrapWithDirectory) {
  let last
  for await (const entry of importer(files, blockstore, { profile: 'unixfs-v1-2025', wrapWithDirectory })) last = entry
  return { cid: last.cid.toString(), tsize: Number(last.size) }
}

async function * letters (bytes) {
  const chunk = new Uint8Array(1 << 16).fill(97)
  for (let left = bytes; left > 0; left -= chunk.length) yield left < chunk.length ? chunk.subarray(0, left) : chunk
}

const [mode, ...rest] = process.argv.slice(2)
if (mode === '--bytes') {
  const files = []
  for (const bytes of rest.map(Number)) files.push({ bytes, ...await root([{ path: 'a', content: letters(bytes) }], false) })
  console.log(JSON.stringify({ files }))
} else if (mode === '--dir') {
  const names = readdirSync(rest[0]).filter((name) => !name.startsWith('.'))
  const files = names.map((name) => ({ path: name, content: createReadStream(join(rest[0], name)) }))
  console.log(JSON.stringify(await root(files, true)))
} else {
  const folders = []
  for (const entries of [mode, ...rest].map(Number)) {
    const files = Array.from({ length: entries }, (_, i) => ({ path: `${i}.json`, content: new TextEncoder().encode(`{"name":"#${i}"}`) }))
    folders.push({ entries, ...await root(files, true) })
  }
  console.log(JSON.stringify({ folders }))
}
