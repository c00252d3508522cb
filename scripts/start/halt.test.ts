import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { explainProject, Halt } from "./halt";

const refusal = (code: string) => Object.assign(new Error(code), { code, path: "/project/.next/BUILD_ID" });

test("a project that another user built is refused in one line that names the file", () => {
  const explained = explainProject(refusal("EACCES"));
  expect(explained).toBeInstanceOf(Halt);
  expect((explained as Halt).message).toMatch(/^\/project\/\.next\/BUILD_ID cannot be written by this user/);
});

test("a full disk under the project is named, too", () => {
  expect((explainProject(refusal("ENOSPC")) as Halt).message).toContain("is full");
});

test("what is no refusal of the disk stays as it came", async () => {
  const missing = await writeFile("/no/such/folder/x", "").catch((error: unknown) => error);
  expect(explainProject(missing)).toBe(missing);
});
