// Verifies one signed EIP-712 message with viem and with ethers, neither helped by the other.
import { hashTypedData, verifyTypedData as viemVerify } from 'viem'
import { TypedDataEncoder, verifyTypedData as ethersRecover } from 'ethers'

export async function check ({ domain, types, primaryType, message, signature, signer }) {
  const { EIP712Domain, ...own } = types
  primaryType ??= Object.keys(own)[0]
  const viem = await viemVerify({ address: signer, domain, types: own, primaryType, message, signature })
  const recovered = ethersRecover(domain, own, message, signature)
  return {
    signer,
    viem,
    ethers: recovered.toLowerCase() === signer.toLowerCase(),
    recovered,
    digest_viem: hashTypedData({ domain, types: own, primaryType, message }),
    digest_ethers: TypedDataEncoder.hash(domain, own, message)
  }
}
