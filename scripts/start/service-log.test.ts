import { expect, test } from "vitest";
import { warningOf } from "./service-log";

test("a warning of a process reaches the person, what is merely said does not", () => {
  expect(warningOf('{"level":40,"msg":"the cloud is slow"}')).toBe("the cloud is slow");
  expect(warningOf('{"level":50,"msg":"no","err":{"message":"refused"}}')).toBe("no: refused");
  expect(warningOf('{"level":30,"msg":"listening"}')).toBeNull();
  expect(warningOf("TypeError: x is not a function")).toBe("TypeError: x is not a function");
  expect(warningOf("{ half a line")).toBeNull();
  expect(warningOf("GET / 200")).toBeNull();
});
