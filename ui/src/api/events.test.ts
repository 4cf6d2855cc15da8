import { QueryClient } from "@tanstack/react-query";
import { beforeEach, describe, expect, test } from "vitest";
import type { JobView, Jobs, Topic } from "./bindings";
import { follow } from "./events";
import { ANSWER_OF, TOPIC_OF, keyOf } from "./topics";

const job = (id: string, done: number): JobView => ({
  id, kind: "render", title: "Render", step: "", state: "running", done, total: 10, per_minute: null, seconds_left: null, picked_up_at: null,
  outcome: null, error: null, can_pause: true, started_at: "", updated_at: "",
});

let client: QueryClient;
let later: (() => void)[];
beforeEach(() => {
  client = new QueryClient();
  later = [];
});
const hear = () => follow(client, (run) => later.push(run));
const flush = () => later.splice(0).forEach((run) => run());
const isOld = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

describe("a change", () => {
  test("makes every answer of its topic old, whatever was asked, and no other", () => {
    client.setQueryData(keyOf("tokens", {}), {});
    client.setQueryData(keyOf("token", { id: 7 }), {});
    client.setQueryData(keyOf("artwork", {}), {});
    hear()({ kind: "changed", topics: ["tokens"] });
    flush();
    expect(isOld(keyOf("tokens", {}))).toBe(true);
    expect(isOld(keyOf("token", { id: 7 })), "a token is of the topic tokens").toBe(true);
    expect(isOld(keyOf("artwork", {}))).toBe(false);
  });

  test("many of them are gathered into one asking", () => {
    const event = hear();
    event({ kind: "changed", topics: ["tokens"] });
    event({ kind: "changed", topics: ["tokens", "project"] });
    expect(later).toHaveLength(1);
    client.setQueryData(keyOf("project", {}), {});
    flush();
    expect(isOld(keyOf("project", {}))).toBe(true);
    event({ kind: "changed", topics: ["sales"] });
    expect(later, "and the next one waits anew").toHaveLength(1);
  });
});

describe("a job", () => {
  test("moves in its row without the list being asked again", () => {
    client.setQueryData<Jobs>(keyOf("jobs", {}), { jobs: [job("b", 1), job("a", 1)] });
    hear()({ kind: "job", job: job("a", 5) });
    expect(client.getQueryData<Jobs>(keyOf("jobs", {}))?.jobs.map(({ id, done }) => [id, done])).toEqual([["b", 1], ["a", 5]]);
    expect(later).toHaveLength(0);
  });

  test("that is new stands first; before the list was asked for there is nothing to add to", () => {
    const event = hear();
    event({ kind: "job", job: job("a", 0) });
    expect(client.getQueryData(keyOf("jobs", {}))).toBeUndefined();
    client.setQueryData<Jobs>(keyOf("jobs", {}), { jobs: [job("a", 1)] });
    event({ kind: "job", job: job("b", 0) });
    expect(client.getQueryData<Jobs>(keyOf("jobs", {}))?.jobs.map(({ id }) => id)).toEqual(["b", "a"]);
  });
});

test("every topic has a question, so that no event falls on deaf ears", () => {
  const topics: Topic[] = ["project", "artwork", "tokens", "metadata", "storage", "rehearsal", "launch", "vouchers", "sales", "activity", "keys", "networks"];
  expect(new Set<Topic>(Object.values(TOPIC_OF))).toEqual(new Set(topics));
  expect(Object.values(ANSWER_OF).every((question) => question in TOPIC_OF)).toBe(true);
});
