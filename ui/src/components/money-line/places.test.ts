import { expect, it } from "vitest";
import { placesFor } from "./places";

it("keeps small amounts in sight, and columns of one width", () => {
  expect(placesFor([10n ** 18n, 10n ** 15n, 0n]), "thousandths: four are enough").toBe(4);
  expect(placesFor([10n ** 18n, 94n * 10n ** 12n]), "a batch on an idle chain").toBe(6);
  expect(placesFor([1n]), "a wei").toBe(8);
  expect(placesFor([]), "nothing").toBe(4);
});
