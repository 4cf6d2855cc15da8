import { expect, test } from "vitest";
import { slug } from "./slug";

test.each([
  ["Tidepool Keepers", "tidepool-keepers"],
  ["  Élan vital! ", "elan-vital"],
  ["潮だまり", "untitled-drop"],
  ["../etc", "etc"],
])("slug(%s)", (name, expected) => {
  expect(slug(name)).toBe(expected);
});
