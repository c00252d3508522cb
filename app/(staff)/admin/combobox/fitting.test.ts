import { expect, test } from "vitest";
import { fitting } from "./fitting";

const [jane, jose] = [
  { value: "1", label: "Dr. Jane Okafor", detail: "NY, NJ" },
  { value: "2", label: "Dr. José Núñez", detail: "CA" },
];

test.each([
  ["okaf", [jane]],
  ["nunez jose", [jose]],
  ["NUÑ", [jose]],
  ["dr", [jane, jose]],
  ["jane ny", [jane]],
  ["jane ca", []],
  ["kafor", []],
])("%s finds whose words begin so, whatever the order and the marks", (typed, found) => {
  expect(fitting([jane, jose], typed)).toEqual(found);
});
