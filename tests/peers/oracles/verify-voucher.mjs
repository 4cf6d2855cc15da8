// node verify-voucher.mjs voucher.json      { domain, types, message, signature, signer }
// Verifies one voucher (or a list of them) with viem and ethers. Exit code 1 unless all hold.
import { readFileSync } from 'node:fs'
import { check } from './typed.mjs'

const input = JSON.parse(readFileSync(process.argv[2] ?? 0, 'utf8'))
const vouchers = []
for (const voucher of [input].flat()) vouchers.push(await check(voucher))
const good = vouchers.length > 0 && vouchers.every((v) => v.viem && v.ethers && v.digest_viem === v.digest_ethers)
console.log(JSON.stringify({ good, vouchers }))
process.exit(good ? 0 : 1)
