import { expect, test } from "vitest";
import { isScreen, whoOf } from "./who";

const seat = "0b5f4b00-0000-4000-8000-000000000001";

test("a picture is its seat's, so that its name comes from the server and from nobody else", () => {
  expect(whoOf("attendee", `caregiver-${seat}`)).toBe(seat);
  expect(whoOf("attendee#content", `patient-${seat}`)).toBe(seat);
});

test("an attendee whom the cloud gave another name is nobody's seat", () => {
  expect(whoOf("attendee", "Visitor 1A2B")).toBe("attendee");
  expect(whoOf("attendee#content", undefined)).toBe("attendee");
  expect(whoOf("attendee", `patient-${seat}-and-more`)).toBe("attendee");
});

test("a screen is told from a camera by the attendee's id alone", () => {
  expect([isScreen("attendee#content"), isScreen("attendee")]).toEqual([true, false]);
});
