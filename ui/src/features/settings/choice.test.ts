import { expect, it } from "vitest";
import { readChoice } from "./choice";

it("takes an address and the chain it must answer with", () => {
  expect(readChoice(" https://rpc.example.org/eth ", "1").choice, "as the core takes it").toEqual({ rpc: "https://rpc.example.org/eth", chain_id: 1 });
  expect(readChoice("http://127.0.0.1:8545", "31337").choice?.chain_id, "loopback").toBe(31337);
});

it("says which of the two is wrong", () => {
  expect(readChoice("rpc.example.org", "1"), "no scheme").toMatchObject({ choice: null, chain: null });
  expect(readChoice("https://rpc.example.org", "main").chain, "no number").not.toBeNull();
  expect(readChoice("https://rpc.example.org", "0").choice, "no such chain").toBeNull();
  expect(readChoice("https://rpc.example.org", "9999999999").choice, "too large").toBeNull();
});
