import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

/** The product's name is the same in every language, and so are these. */
const names = new Set(["Vouchsafe", "Vouchsafe · ", "%s · Vouchsafe"]);
/** Attributes that somebody reads or hears. */
const spoken = new Set(["aria-label", "title", "placeholder", "alt", "label", "aria-description"]);

/** Every text that stands in this file's markup itself: `line: text`. */
function textsOf(file: string, code: string): string[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, text: string) => {
    const words = text.replace(/\s+/g, " ").trim();
    if (!/\p{L}{2}/u.test(words) || names.has(words)) return;
    found.push(`${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${words}`);
  };
  /** What an expression may come to be: both arms of a choice, the pieces of a template. */
  const speak = (node: ts.Expression | undefined): void => {
    if (!node) return;
    if (ts.isStringLiteralLike(node)) note(node, node.text);
    else if (ts.isParenthesizedExpression(node)) speak(node.expression);
    else if (ts.isConditionalExpression(node)) {
      speak(node.whenTrue);
      speak(node.whenFalse);
    } else if (ts.isBinaryExpression(node)) {
      if (node.operatorToken.kind !== ts.SyntaxKind.AmpersandAmpersandToken) speak(node.left);
      speak(node.right);
    } else if (ts.isTemplateExpression(node)) {
      note(node, [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(" "));
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    else if (ts.isJsxAttribute(node) && spoken.has(node.name.getText())) {
      if (node.initializer && ts.isStringLiteral(node.initializer)) note(node, node.initializer.text);
      else if (node.initializer && ts.isJsxExpression(node.initializer)) speak(node.initializer.expression);
    } else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) speak(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

test("the search finds a text in an element, in an attribute and in a choice", () => {
  const code = `export const A = ({ on }) => <p title="One" className="Not">Two {on ? "Three" : t("not")} {\`\${on} Four\`}</p>;`;
  expect(textsOf("a.tsx", code).map((found) => found.split(": ")[1])).toEqual([
    "One",
    "Two",
    "Three",
    "Four",
  ]);
});

test("no text that a person reads stands outside the catalogues", () => {
  const files = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "app/**.tsx", "components/**.tsx"],
    { cwd: root, encoding: "utf8" },
  )
    .split("\n")
    .filter((file) => file && !/\.test\.tsx$/.test(file));
  expect(files.length).toBeGreaterThan(40);
  const outside = files.flatMap((file) =>
    textsOf(file, readFileSync(path.join(root, file), "utf8")).map((text) => `${file}:${text}`),
  );
  expect(outside).toEqual([]);
});
