import { expect, it } from "vitest";
import type { RehearsedStep, StepView } from "../../api/bindings";
import { rehearsedPoints, spentPoints } from "./SpentChart";

const step = (id: string, paid: string | null) => ({ id, paid }) as StepView;
const rehearsed = (id: string, cost: string) => ({ id, cost }) as RehearsedStep;

it("adds up what was paid, in whole wei, and skips what was not", () => {
  const points = spentPoints([step("a", "5"), step("b", null), step("c", "7")]);
  expect(points.map(({ point, total }) => [point.x, total]), "b is not paid yet").toEqual([
    [0, 0n],
    [1, 5n],
    [3, 12n],
  ]);
});

it("follows the launch's order, whatever the rehearsal's was", () => {
  const points = rehearsedPoints([step("a", null), step("b", null), step("new", null)], [rehearsed("b", "2"), rehearsed("a", "3")]);
  expect(points.map(({ total }) => total), "a step it did not know adds nothing").toEqual([0n, 3n, 5n, 5n]);
});
