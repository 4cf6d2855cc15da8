// Merkle trees by @openzeppelin/merkle-tree. Reads JSON on standard input:
//   { "types": ["uint256","bytes32","bytes32"], "values": [[..],..], "proofs": [0, 5], "multi": [0, 2] }
// or with a bundle:  node merkle.mjs --bundle FOLDER   (root and proofs from its manifest's hashes)
// Prints { root, proofs, multi } and checks every proof it prints.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StandardMerkleTree } from '@openzeppelin/merkle-tree'

function fromBundle (folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
  const hash = (prefix, token) => '0x' + manifest.files.find((f) => f.token === token && f.path.startsWith(prefix)).sha256
  const values = Array.from({ length: manifest.supply }, (_, i) => [String(i + 1), hash('metadata/', i + 1), hash('images/', i + 1)])
  return { types: ['uint256', 'bytes32', 'bytes32'], values, proofs: values.map((_, i) => i) }
}

const input = process.argv[2] === '--bundle' ? fromBundle(process.argv[3]) : JSON.parse(readFileSync(0, 'utf8'))
const tree = StandardMerkleTree.of(input.values, input.types)
const proofs = (input.proofs ?? []).map((i) => {
  const proof = tree.getProof(i)
  if (!StandardMerkleTree.verify(tree.root, input.types, input.values[i], proof)) throw new Error(`proof ${i}`)
  return proof
})
const multi = input.multi ? tree.getMultiProof(input.multi) : undefined
console.log(JSON.stringify({ root: tree.root, proofs, multi }))
