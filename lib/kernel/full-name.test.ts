import { expect, test } from "vitest";
import { fullName } from "./full-name";

test("a title stands before the names, and leaves no gap where there is none", () => {
  expect(fullName({ title: "Dr.", firstName: "Jane", lastName: "Okafor" })).toBe("Dr. Jane Okafor");
  expect(fullName({ title: null, firstName: "Sam", lastName: "Diaz" })).toBe("Sam Diaz");
  expect(fullName({ title: "", firstName: "Sam", lastName: "Diaz" })).toBe("Sam Diaz");
});
