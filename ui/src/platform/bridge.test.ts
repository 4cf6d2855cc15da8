import { beforeEach, expect, test, vi } from "vitest";
import { bridgeAddress, bridgePlatform } from "./bridge";

beforeEach(() => sessionStorage.clear());

test("the address in the hash is kept for the next load of this tab", () => {
  expect(bridgeAddress("", sessionStorage)).toBeNull();
  const address = { base: "http://127.0.0.1:1234", token: "a b" };
  expect(bridgeAddress("#bridge=http://127.0.0.1:1234/&token=a%20b", sessionStorage)).toEqual(address);
  expect(bridgeAddress("", sessionStorage)).toEqual(address);
});

test("a command carries the token; a refusal arrives as it was sent", async () => {
  const asked = vi.fn<typeof fetch>().mockResolvedValueOnce(Response.json({ ok: 1 })).mockResolvedValueOnce(Response.json({ code: "PLAN-NONE" }, { status: 400 }));
  vi.stubGlobal("fetch", asked);
  const platform = bridgePlatform({ base: "http://h", token: "t" });
  expect(await platform.call("artwork", {})).toEqual({ ok: 1 });
  expect(asked.mock.calls[0]?.[0]).toBe("http://h/command/artwork");
  expect(asked.mock.calls[0]?.[1]?.headers).toMatchObject({ authorization: "Bearer t" });
  await expect(platform.call("artwork", {})).rejects.toEqual({ code: "PLAN-NONE" });
  vi.unstubAllGlobals();
});

test("a picture's address keeps its own query and adds the token", () => {
  const { picture } = bridgePlatform({ base: "http://h", token: "t" });
  expect(picture("thumb/7?v=a&s=128")).toBe("http://h/pictures/thumb/7?v=a&s=128&token=t");
  expect(picture("trait/crown/lantern")).toBe("http://h/pictures/trait/crown/lantern?token=t");
});
