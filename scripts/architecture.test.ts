import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** The rooms of the house, first match wins, and the rooms that each may import from. `type` imports may come from anywhere in lib/. */
const rooms: Array<{ name: string; holds: RegExp; sees: string[] }> = [
  { name: "laptop", holds: /^laptop\//, sees: [] },
  { name: "kernel", holds: /^lib\/kernel\//, sees: [] },
  { name: "call", holds: /^lib\/call\//, sees: ["kernel"] },
  { name: "env", holds: /^lib\/(env|log)(\.test)?\.ts$/, sees: ["kernel"] },
  { name: "ports", holds: /^lib\/ports\//, sees: ["kernel"] },
  { name: "db", holds: /^db\//, sees: ["kernel", "env"] },
  { name: "adapters", holds: /^lib\/adapters\//, sees: ["kernel", "env", "ports", "e2e"] },
  { name: "keyring", holds: /^lib\/keyring\//, sees: ["kernel", "ports", "db"] },
  { name: "audit", holds: /^lib\/audit\//, sees: ["kernel", "ports", "db", "keyring"] },
  { name: "vouchers", holds: /^lib\/vouchers\//, sees: ["kernel", "env", "ports", "db", "keyring", "audit"] },
  {
    name: "notifications",
    holds: /^lib\/notifications\//,
    sees: ["kernel", "env", "ports", "db", "keyring", "audit"],
  },
  { name: "limits", holds: /^lib\/limits\//, sees: ["kernel"] },
  { name: "cleanups", holds: /^lib\/cleanups\//, sees: ["kernel", "ports", "db"] },
  { name: "clinicians", holds: /^lib\/clinicians\//, sees: ["kernel", "db", "audit"] },
  {
    name: "recordings",
    holds: /^lib\/recordings\//,
    sees: ["kernel", "env", "ports", "db", "audit", "notifications"],
  },
  {
    name: "visits",
    holds: /^lib\/visits\//,
    sees: [
      "recordings",
      "kernel",
      "env",
      "ports",
      "db",
      "keyring",
      "audit",
      "vouchers",
      "notifications",
      "clinicians",
      "limits",
      "cleanups",
    ],
  },
  {
    name: "accounts",
    holds: /^lib\/accounts\//,
    sees: ["kernel", "env", "ports", "db", "keyring", "audit", "notifications"],
  },
  {
    name: "staff",
    holds: /^lib\/staff\//,
    sees: [
      "kernel",
      "env",
      "ports",
      "db",
      "keyring",
      "audit",
      "vouchers",
      "notifications",
      "visits",
      "accounts",
      "cleanups",
    ],
  },
  {
    name: "patients",
    holds: /^lib\/patients\//,
    sees: ["kernel", "env", "ports", "db", "keyring", "audit", "vouchers", "notifications", "visits"],
  },
  {
    name: "rooms",
    holds: /^lib\/rooms\//,
    sees: [
      "recordings",
      "kernel",
      "env",
      "ports",
      "db",
      "keyring",
      "audit",
      "vouchers",
      "notifications",
      "limits",
      "cleanups",
    ],
  },
  {
    name: "support-calls",
    holds: /^lib\/support-calls\//,
    sees: ["kernel", "env", "ports", "db", "keyring", "audit", "vouchers", "notifications"],
  },
  {
    name: "host-sites",
    holds: /^lib\/host-sites\//,
    sees: ["kernel", "db", "audit", "vouchers", "limits", "support-calls"],
  },
  { name: "desk-phone", holds: /^lib\/desk\/phone\//, sees: ["kernel", "call"] },
  {
    name: "desk",
    holds: /^lib\/desk\//,
    sees: ["kernel", "keyring", "ports", "db", "audit", "visits", "support-calls"],
  },
  { name: "retention", holds: /^lib\/retention\//, sees: ["kernel", "db", "audit"] },
  {
    name: "own-record",
    holds: /^lib\/own-record\//,
    sees: ["kernel", "db", "keyring", "audit", "notifications", "visits", "accounts", "support-calls"],
  },
  {
    name: "wiring",
    holds: /^lib\/(wiring\/|demo(\.[\w.]+)?\.ts$)/,
    sees: [
      "kernel",
      "env",
      "ports",
      "db",
      "adapters",
      "keyring",
      "audit",
      "vouchers",
      "notifications",
      "visits",
    ],
  },
  {
    name: "http",
    holds: /^lib\/(http|auth)\//,
    sees: [
      "kernel",
      "env",
      "ports",
      "db",
      "keyring",
      "audit",
      "vouchers",
      "notifications",
      "visits",
      "accounts",
      "staff",
      "patients",
      "own-record",
      "recordings",
      "rooms",
      "support-calls",
      "host-sites",
      "desk",
      "wiring",
      "messages",
    ],
  },
  { name: "messages", holds: /^messages\//, sees: [] },
  { name: "components", holds: /^components\//, sees: ["call", "desk-phone", "kernel", "messages"] },
  {
    name: "doors",
    holds: /^(app\/|runtimes\/|middleware\.ts$|instrumentation\.ts$|next\.config\.ts$)/,
    sees: [
      "kernel",
      "env",
      "call",
      "components",
      "messages",
      "http",
      "wiring",
      "visits",
      "clinicians",
      "accounts",
      "staff",
      "patients",
      "own-record",
      "recordings",
      "rooms",
      "support-calls",
      "host-sites",
      "desk",
      "retention",
      "cleanups",
      "vouchers",
      "notifications",
      "audit",
      "keyring",
      "ports",
      "db",
    ],
  },
  {
    name: "workshop",
    holds: /^(scripts|bench)\//,
    sees: [
      "kernel",
      "env",
      "ports",
      "db",
      "keyring",
      "audit",
      "vouchers",
      "notifications",
      "visits",
      "patients",
      "rooms",
      "wiring",
      "http",
      "adapters",
      "e2e",
    ],
  },
  { name: "e2e", holds: /^e2e\//, sees: ["kernel", "db", "workshop"] },
  // The flows themselves are data: whoever runs them reads them.
  { name: "infra", holds: /^infra\/(?!.*\.json).*\.ts$/, sees: [] },
  { name: "config", holds: /^[\w.-]+\.(ts|mts|cts)$/, sees: [] },
];

type Import = { from: string; to: string; typeOnly: boolean };

function sourceFiles(): string[] {
  return execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx", "*.mts"],
    { cwd: root, encoding: "utf8" },
  )
    .split("\n")
    .filter((file) => file && !file.endsWith(".d.ts") && existsSync(path.join(root, file)));
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(path.join(root, file), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      found.push({ from: file, to: node.moduleSpecifier.text, typeOnly });
    } else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      node.arguments[0] &&
      ts.isStringLiteral(node.arguments[0])
    ) {
      found.push({ from: file, to: node.arguments[0].text, typeOnly: false });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The file that an import names, from the root; null for a package. */
function target({ from, to }: Import): string | null {
  if (to.startsWith("@/")) return to.slice(2);
  if (to.startsWith(".")) return path.posix.normalize(path.posix.join(path.posix.dirname(from), to));
  return null;
}

const roomOf = (file: string) => rooms.find((room) => room.holds.test(file) || room.holds.test(`${file}.ts`));
const isTest = (file: string) => /\.(test|contract)\.tsx?$/.test(file) || /\/testing\//.test(file);

const files = sourceFiles();
const imports = files.flatMap(importsOf);

describe("imports point one way", () => {
  test("every file stands in a room, and there are files to read", () => {
    expect(files.length).toBeGreaterThan(120);
    expect(imports.length).toBeGreaterThan(400);
    expect(files.filter((file) => !roomOf(file))).toEqual([]);
  });

  test("no import runs against the direction", () => {
    const wrong = imports.flatMap((found) => {
      const to = target(found);
      const here = roomOf(found.from);
      const there = to === null ? undefined : roomOf(to);
      if (!here || !there || here.name === there.name) return [];
      if (here.name === "laptop" || there.name === "laptop") return [`${found.from} -> ${to}`];
      // A type costs nothing at run time; a test may set up what it needs.
      if (found.typeOnly || isTest(found.from)) return [];
      return here.sees.includes(there.name) ? [] : [`${found.from} -> ${to}`];
    });
    expect(wrong).toEqual([]);
  });

  test("the clouds' SDKs are known to adapters alone", () => {
    const wrong = imports
      .filter(({ from, to }) => /^@aws-sdk\//.test(to) && !/^(lib\/adapters|laptop|bench|e2e)\//.test(from))
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(wrong).toEqual([]);
  });

  test("lib/ outside http/ and auth/ runs without Next, so the worker, the gateway and the lambdas can share it", () => {
    const wrong = imports
      .filter(
        ({ from, to }) =>
          /^(next|server-only)(\/|$)/.test(to) &&
          /^(lib|db)\//.test(from) &&
          !/^lib\/(http|auth)\//.test(from),
      )
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(wrong).toEqual([]);
  });

  test("the media SDK is loaded by the call alone, never by the door", () => {
    const wrong = imports
      .filter(
        ({ from, to, typeOnly }) =>
          /^amazon-chime-sdk-(js|component)/.test(to) &&
          !typeOnly &&
          !/^(lib\/call\/media\/|components\/call\/|laptop\/chime\/|e2e\/stranger-page\.ts$)/.test(from),
      )
      .map(({ from, to }) => `${from} -> ${to}`);
    expect(wrong).toEqual([]);
  });

  test("whatever draws a picture is the browser's: a server that sends a long page in parts may cut a picture, and hides the piece by a style that our policy refuses", () => {
    const drawn = files.filter((file) => {
      if (!/^(app|components)\/.*\.tsx$/.test(file)) return false;
      const code = readFileSync(path.join(root, file), "utf8");
      return code.includes("<svg") && !code.startsWith('"use client"');
    });
    expect(drawn).toEqual([]);
  });

  test("the environment is read at the edges only", () => {
    const wrong = files.filter(
      (file) =>
        /\bprocess\.env\b/.test(readFileSync(path.join(root, file), "utf8")) &&
        !/^(scripts|e2e|bench|runtimes)\//.test(file) &&
        !/\.test\.tsx?$/.test(file) &&
        ![
          "lib/env.ts",
          "laptop/main.ts",
          "lib/wiring/container.ts",
          "next.config.ts",
          "middleware.ts",
        ].includes(file) &&
        !/\/testing\//.test(file),
    );
    expect(wrong).toEqual([]);
  });
});

describe("ARCHITECTURE.md", () => {
  test("every path that it names exists", () => {
    const text = readFileSync(path.join(root, "ARCHITECTURE.md"), "utf8");
    const named = [
      ...text.matchAll(
        /`((?:app|lib|db|laptop|components|runtimes|scripts|e2e|bench|docs|infra)\/[^`\s]*)`/g,
      ),
    ].map((found) => found[1]!);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((place) => !existsSync(path.join(root, place)))).toEqual([]);
  });
});
