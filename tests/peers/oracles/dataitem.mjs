// ANS-104 data items by @dha-team/arbundles.
//   node dataitem.mjs make KEY_HEX DATA_HEX [name=value ...]   creates and signs one (Ethereum, type 3)
//   node dataitem.mjs check FILE                               parses and verifies one
import { readFileSync } from 'node:fs'
import { createData, DataItem, EthereumSigner } from '@dha-team/arbundles'

const [mode, ...rest] = process.argv.slice(2)
if (mode === 'make') {
  const [key, data, ...pairs] = rest
  const tags = pairs.map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }))
  const signer = new EthereumSigner(key)
  const item = createData(Buffer.from(data, 'hex'), signer, { tags })
  await item.sign(signer)
  console.log(JSON.stringify({ id: item.id, hex: item.getRaw().toString('hex') }))
} else {
  const raw = readFileSync(rest[0])
  const item = new DataItem(raw)
  const good = await DataItem.verify(raw)
  console.log(JSON.stringify({ good, id: item.id, tags: item.tags, type: item.signatureType, bytes: item.rawData.length }))
  process.exit(good ? 0 : 1)
}
