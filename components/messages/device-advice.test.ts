import { describe, expect, test } from "vitest";
import type { DeviceProblem } from "@/lib/call/device-problem";
import { locales } from "@/messages/locales";
import { deviceAdvice } from "./device-advice";

const problems: DeviceProblem[] = ["refused", "system", "none", "in-use", "insecure", "failed"];
const camera = { en: /camera/i, es: /cámara/i, ar: /كاميرا/ };

describe.each(locales)("advice in %s", (locale) => {
  test.each(problems)("%s: of a microphone alone it speaks of no camera, and has steps", async (problem) => {
    const advice = await deviceAdvice(locale, "microphone", problem, "chrome-android", "other");
    expect([advice.title, advice.say, ...advice.steps].join(" ")).not.toMatch(camera[locale]);
    expect(advice.steps.filter((step) => step.trim())).not.toHaveLength(0);
    const of = await deviceAdvice(locale, "camera", problem, "chrome-android", "other");
    expect(of.title).toMatch(camera[locale]);
  });
});
