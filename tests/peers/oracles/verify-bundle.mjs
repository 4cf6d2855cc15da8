// node verify-bundle.mjs manifest.sig.json [manifest.json]
// Verifies every signature with viem and ethers, and with a manifest also that its bytes are canonical
// (canonicalize) and are the ones signed. Exit code 1 unless everything holds.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import canonicalize from 'canonicalize'
import { check } from './typed.mjs'

const [signatures, manifest] = process.argv.slice(2)
const text = readFileSync(signatures, 'utf8')
const file = JSON.parse(text)
const out = { canonical: canonicalize(file) === text, signatures: [] }
let good = out.canonical && file.signatures.length > 0
const bytes = manifest && readFileSync(manifest)
if (bytes) {
  out.manifest_canonical = canonicalize(JSON.parse(bytes)) === bytes.toString('utf8')
  out.manifest_sha256 = '0x' + createHash('sha256').update(bytes).digest('hex')
  good &&= out.manifest_canonical
}
for (const entry of file.signatures) {
  const result = await check(entry)
  result.digest_recorded = entry.digest === result.digest_viem && entry.digest === result.digest_ethers
  if (bytes) result.current = entry.message.manifest === out.manifest_sha256
  out.signatures.push(result)
  good &&= result.viem && result.ethers && result.digest_recorded
}
console.log(JSON.stringify({ good, ...out }))
process.exit(good ? 0 : 1)
