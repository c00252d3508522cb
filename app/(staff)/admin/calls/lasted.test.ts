import { expect, test } from "vitest";
import { lasted } from "./lasted";

test.each([
  [0, "0 sec"],
  [7.4, "7 sec"],
  [59.6, "1 min"],
  [200, "3 min 20 sec"],
  [3_600, "60 min"],
])("%f seconds are %s", (seconds, words) => expect(lasted(seconds, "en-US")).toBe(words));
