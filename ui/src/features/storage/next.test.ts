import { describe, expect, it } from "vitest";
import type { SignatureView, Storage, TargetState, TargetView } from "../../api/bindings";
import { nextAct, readNodeAddress, readTargetId } from "./next";

const target = (id: string, state: TargetState): TargetView => ({
  id,
  kind: "embedded",
  name: id,
  place: "",
  state,
  proven: 0,
  total: 201,
  proven_at: null,
  price: "",
  error: null,
});
const signature: SignatureView = { signer: "0x", role: "Deployer", chain_id: 31337, drop: "0x", valid: true };
const storage = (over: Partial<Storage>, signatures: SignatureView[] = [signature]): Storage => ({
  bundle: {
    root: "",
    manifest: "",
    images_cid: "",
    metadata_cid: "",
    contract_cid: "",
    base_uri: "",
    files: 201,
    bytes: "1",
    tokens: 100,
    dir: "",
    built_at: "",
    signatures,
  },
  bundle_stale: false,
  copies_wanted: 1,
  copies_proven: 0,
  targets: [target("embedded", "empty")],
  sentence: "",
  gateway: null,
  ...over,
});

describe("nextAct", () => {
  it("goes from build to sign to store to launch, one at a time", () => {
    expect(nextAct(storage({ bundle: null }), false).kind, "nothing is built").toBe("build");
    expect(nextAct(storage({ bundle_stale: true }), false).kind, "it is old").toBe("rebuild");
    expect(nextAct(storage({}, []), false).kind, "nobody signed").toBe("sign");
    expect(nextAct(storage({}, [{ ...signature, valid: false }]), false).kind, "the signature is for another bundle").toBe("sign");
    expect(nextAct(storage({}), false), "signed, not stored").toEqual({ kind: "store", target: "embedded" });
    expect(nextAct(storage({ copies_proven: 1 }), false).kind, "the policy is met").toBe("launch");
  });
  it("reads back before it stores elsewhere", () => {
    const targets = [target("a", "empty"), target("b", "stored")];
    expect(nextAct(storage({ targets }), false), "what is stored is proven first").toEqual({ kind: "prove", target: "b" });
  });
  it("asks for another target where none is left, and waits while one works", () => {
    expect(nextAct(storage({ copies_wanted: 2, copies_proven: 1, targets: [target("a", "proven")] }), false).kind, "one of two, no target left").toBe("add");
    expect(nextAct(storage({ targets: [target("a", "running")] }), false).kind, "it runs").toBe("wait");
    expect(nextAct(storage({ bundle: null }), true).kind, "a job runs").toBe("wait");
  });
});

it("knows names and addresses of nodes", () => {
  expect(readTargetId("studio-node", []), "a good name").toBeNull();
  expect(readTargetId("Studio", []), "a capital").not.toBeNull();
  expect(readTargetId("a", ["a"]), "taken").not.toBeNull();
  expect(readNodeAddress("http://127.0.0.1:5001"), "loopback").toBeNull();
  expect(readNodeAddress("127.0.0.1:5001"), "no scheme").not.toBeNull();
});
