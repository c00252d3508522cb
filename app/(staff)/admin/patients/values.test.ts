import { expect, test } from "vitest";
import { valuesFrom } from "./values";

test.each([
  ["", { firstName: "", lastName: "" }],
  ["Ann", { firstName: "Ann", lastName: "" }],
  ["Ann van Lee", { firstName: "Ann", lastName: "van Lee" }],
  ["Lee, Ann", { firstName: "Ann", lastName: "Lee" }],
  ["ann@example.com", { email: "ann@example.com", firstName: "" }],
  ["(555) 019-9887", { phone: "(555) 019-9887", firstName: "" }],
])("what was typed to find somebody, %j, begins the form that adds them", (typed, begun) => {
  expect(valuesFrom(typed)).toMatchObject(begun);
});
