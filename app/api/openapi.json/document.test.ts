import { readdirSync } from "node:fs";
import path from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { access } from "@/lib/auth/access";
import type { Operation } from "@/lib/http/openapi/types";
import { apiDocument } from "./document";
import { everyDoor } from "./doors";

const doors = everyDoor();
const { document, text, etag } = apiDocument();
const operations = Object.entries(document.paths).flatMap(([place, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${place.replace(/\{(\w+)\}/g, "[$1]")}`,
    operation: operation as Operation,
  })),
);

describe("the API's document", () => {
  test("is OpenAPI 3.1, by the official schema of the format", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(text));
    expect(errors ?? []).toEqual([]);
    expect([valid, validator.version]).toEqual([true, "3.1"]);
  });

  test("would be found out: a document without its paths, or with a reference to nothing, is not valid", async () => {
    const { paths: _, components: _components, ...bare } = JSON.parse(text);
    expect((await new Validator().validate(bare)).valid).toBe(false);
    const lost = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/(\w+)"/g)].filter(
      ([, kind, name]) => !(name! in document.components[kind as "schemas"]),
    );
    expect(lost).toEqual([]);
    expect(text.match(/"\$ref":/g)!.length).toBeGreaterThan(200);
  });

  test("has every route of the table and no other, and so has the list of the doors' files", () => {
    expect(operations.map(({ route }) => route).sort()).toEqual(Object.keys(access).sort());
    const files = ["app/api", "app/auth"].flatMap((folder) =>
      readdirSync(path.resolve(import.meta.dirname, "../../..", folder), {
        recursive: true,
        encoding: "utf8",
      })
        .filter((file) => path.basename(file) === "route.ts" && !file.includes("[...nextauth]"))
        .map((file) => `${folder.replace(/^app/, "")}/${path.posix.dirname(file)}`),
    );
    expect([...new Set(doors.map(({ route }) => route.split(" ")[1]))].sort()).toEqual(files.sort());
  });

  test("says of each call what it does, what it answers and who may", () => {
    const dumb = doors.filter(({ summary, answer }) => !summary?.endsWith(".") || !answer);
    expect(dumb.map(({ route }) => route)).toEqual([]);
    for (const { route, operation } of operations) {
      expect(Object.keys(operation.responses)[0], route).toMatch(/^[23]\d\d$/);
      expect(Boolean(operation["x-roles"]) !== Boolean(operation["x-proof"]), route).toBe(true);
    }
  });

  test("names each call once", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(ids).toContain("postVisitsVisitIdCancel");
  });

  test("shows bodies that the routes themselves take", () => {
    const bodies = doors.flatMap(({ route, body, form }) => {
      const { operation } = operations.find((one) => one.route === route)!;
      const [content] = Object.values(operation.requestBody?.content ?? {});
      return body && content?.example !== undefined && !form
        ? [{ route, body, example: content.example }]
        : [];
    });
    expect(bodies.length).toBeGreaterThan(25);
    const refused = bodies.flatMap(({ route, body, example }) => {
      const parsed = body.safeParse(example);
      return parsed.success ? [] : [`${route} ${JSON.stringify(example)}: ${z.prettifyError(parsed.error)}`];
    });
    expect(refused).toEqual([]);
  });

  test("is the same for the same program, and small enough to fetch on the way", () => {
    expect(apiDocument().etag).toBe(etag);
    expect(text.length).toBeLessThan(384 * 1024);
  });
});
