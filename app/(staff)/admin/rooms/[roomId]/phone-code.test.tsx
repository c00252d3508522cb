import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { readQr } from "@/lib/kernel/testing/read-qr";
import { PhoneCode } from "./phone-code";

describe("a link as a code for a phone's camera", () => {
  test.each([
    "https://v.co/r/0a1b2c3d",
    "https://visit.example.com/r/7h3kq9xz",
    "http://192.168.178.20:3000/r/zzzzzzzz",
    "https://video-visits.the-clinic-of-a-long-name.example.org/r/k4m8w2pt",
  ])("reads %s, letter by letter", (link) => {
    const svg = renderToStaticMarkup(<PhoneCode link={link} label="Code for a phone: Guest" />);
    expect(readQr(svg)).toBe(link);
    expect(svg).toContain('aria-label="Code for a phone: Guest"');
  });
});
