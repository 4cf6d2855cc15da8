// node read-chain.mjs RPC DROP
// Reads a drop back with viem alone: tokens, owners, token URIs, and every Seaport sale with the royalty due by ERC-2981
// and what the receiver was paid in the same event beyond the seller's own part.
import { createPublicClient, http, parseAbi } from 'viem'

const [rpc, drop] = process.argv.slice(2)
const client = createPublicClient({ transport: http(rpc) })
const abi = parseAbi([
  'function totalMinted() view returns (uint256)', 'function totalSupply() view returns (uint256)', 'function baseURI() view returns (string)',
  'function contractURI() view returns (string)', 'function provenance() view returns (bytes32)', 'function metadataFrozen() view returns (bool)',
  'function nextBatchId() view returns (uint256)', 'function tokenURI(uint256) view returns (string)', 'function ownerOf(uint256) view returns (address)',
  'function royaltyInfo(uint256,uint256) view returns (address,uint256)',
  'event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)',
  'event BatchMinted(uint256 indexed batchId, address indexed to, uint256 firstTokenId, uint256 quantity)'
])
const market = parseAbi([
  'struct SpentItem { uint8 itemType; address token; uint256 identifier; uint256 amount; }',
  'struct ReceivedItem { uint8 itemType; address token; uint256 identifier; uint256 amount; address recipient; }',
  'event OrderFulfilled(bytes32 orderHash, address indexed offerer, address indexed zone, address recipient, SpentItem[] offer, ReceivedItem[] consideration)'
])
const read = (functionName, args = [], extra = {}) => client.readContract({ address: drop, abi, functionName, args, ...extra })
const logs = (address, events, eventName) => client.getContractEvents({ address, abi: events, eventName, fromBlock: 0n, toBlock: 'latest' })

const transfers = await logs(drop, abi, 'Transfer')
const minted = transfers.filter((log) => /^0x0+$/.test(log.args.from)).map((log) => log.args.tokenId)
const batches = (await logs(drop, abi, 'BatchMinted')).map((log) => Number(log.args.batchId))
const tokens = []
for (const id of minted) tokens.push({ id: Number(id), uri: await read('tokenURI', [id]), owner: await read('ownerOf', [id]) })
const sales = []
for (const log of await client.getContractEvents({ abi: market, eventName: 'OrderFulfilled', fromBlock: 0n, toBlock: 'latest' })) {
  const token = log.args.offer.find((item) => item.token.toLowerCase() === drop.toLowerCase())
  if (!token) continue
  const money = log.args.consideration.filter((item) => item.itemType === 0)
  const price = money.reduce((sum, item) => sum + item.amount, 0n)
  const [receiver, due] = await read('royaltyInfo', [token.identifier, price])
  const mine = money.filter((item) => item.recipient.toLowerCase() === receiver.toLowerCase()).map((item) => item.amount)
  // The seller may be the receiver: its largest payment is then the proceeds, the rest the royalty.
  if (receiver.toLowerCase() === log.args.offerer.toLowerCase()) mine.sort((a, b) => (a < b ? 1 : -1)).shift()
  sales.push({ token: Number(token.identifier), price: String(price), due: String(due), paid: String(mine.reduce((sum, amount) => sum + amount, 0n)), transaction: log.transactionHash })
}
console.log(JSON.stringify({
  minted: minted.length, distinct: new Set(minted.map(String)).size, total_minted: Number(await read('totalMinted')), batches,
  next_batch: Number(await read('nextBatchId')), base_uri: await read('baseURI'), contract_uri: await read('contractURI'),
  provenance: await read('provenance'), frozen: await read('metadataFrozen'), tokens, sales
}))
