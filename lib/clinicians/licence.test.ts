import { expect, test } from "vitest";
import { isLicensed, standingOf } from "./licence";

const licences = [
  { state: "NY", expiresOn: "2026-11-23" },
  { state: "CA", expiresOn: "2027-06-30" },
];

test("a clinician may see patients of the states they are licensed in, and of no other", () => {
  const at = new Date("2026-11-20T15:00:00Z");
  expect(isLicensed(licences, "NY", at, "America/New_York")).toBe(true);
  expect(isLicensed(licences, "NV", at, "America/Los_Angeles")).toBe(false);
  expect(isLicensed([], "NY", at, "America/New_York")).toBe(false);
});

test("a licence holds through its last day, by the patient's calendar", () => {
  // 23:30 in New York on the last day is the 24th in UTC.
  expect(isLicensed(licences, "NY", new Date("2026-11-24T04:30:00Z"), "America/New_York")).toBe(true);
  expect(isLicensed(licences, "NY", new Date("2026-11-24T05:00:00Z"), "America/New_York")).toBe(false);
});

test("a licence is told of sixty days before its end, and as expired only when its last day is over", () => {
  const standing = (today: string) => standingOf({ expiresOn: "2027-01-31" }, today);
  expect(standing("2026-12-01")).toEqual({ is: "good", daysLeft: 61 });
  expect(standing("2026-12-02")).toEqual({ is: "ending", daysLeft: 60 });
  expect(standing("2027-01-31")).toEqual({ is: "ending", daysLeft: 0 });
  expect(standing("2027-02-01")).toEqual({ is: "expired", daysLeft: -1 });
});
