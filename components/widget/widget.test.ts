import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { withWords } from "./served";

async function served() {
  const { outputFiles } = await build({
    entryPoints: [path.resolve(import.meta.dirname, "vouchsafe-call.ts")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2020",
    charset: "utf8",
  });
  return withWords(outputFiles[0]?.text ?? "");
}

test("what a site's page loads weighs less than 6 kB, has its words, and keeps nothing", async () => {
  const script = await served();
  expect(gzipSync(script).length).toBeLessThan(6 * 1024);
  expect(script).not.toContain("VOUCHSAFE_WORDS");
  for (const word of ["Call us", "Llámenos", "اتصل بنا"]) expect(script).toContain(word);
  expect(script).not.toMatch(/localStorage|sessionStorage|document\.cookie|postMessage\([^)]*"\*"/);
});
