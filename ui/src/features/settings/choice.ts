// A network as a person types it.
import type { NetworkChoice, NetworkKind } from "../../api/bindings";

/** Networks with a name here; another chain id is treated as real money. */
export const KNOWN: readonly { id: string; label: string; chain_id: number; kind: NetworkKind }[] = [
  { id: "11155111", label: "Sepolia", chain_id: 11_155_111, kind: "testnet" },
  { id: "1", label: "Ethereum mainnet", chain_id: 1, kind: "mainnet" },
  { id: "8453", label: "Base", chain_id: 8_453, kind: "mainnet" },
  { id: "other", label: "Another chain", chain_id: 0, kind: "mainnet" },
];

/** What was typed, or what is wrong with it. */
export type ReadChoice = { rpc: string | null; chain: string | null; choice: NetworkChoice | null };

/** Reads an address and a chain id. The studio asks the address itself before it is chosen. */
export function readChoice(rpc: string, chainId: string): ReadChoice {
  const address = rpc.trim();
  const badRpc = /^(https?|wss?):\/\/[^\s/]+(\/\S*)?$/.test(address) ? null : "An address such as https://rpc.example.org.";
  const chain = /^\d{1,10}$/.test(chainId.trim()) ? Number(chainId.trim()) : 0;
  const badChain = chain > 0 && chain <= 4_294_967_295 ? null : "The number of the chain, such as 1 for Ethereum.";
  const choice = badRpc === null && badChain === null ? { rpc: address, chain_id: chain } : null;
  return { rpc: badRpc, chain: badChain, choice };
}
