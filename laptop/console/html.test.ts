import fc from "fast-check";
import { expect, test } from "vitest";
import { html, linked } from "./html";

test("what is put in is text, never markup", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const { text: shown } = html`<p title="${text}">${text}</p>`;
      expect(shown.slice('<p title="'.length, -"</p>".length)).not.toMatch(/<|"[^>]|'/);
    }),
    { numRuns: 10_000 },
  );
});

test("markup in markup stays markup; nothing shows for what is absent", () => {
  expect(html`<b>${[html`<i>${"<"}</i>`, null, undefined, false, 0]}</b>`.text).toBe("<b><i>&lt;</i>0</b>");
});

test("an address can be followed without the punctuation behind it", () => {
  const { text } = linked("See (https://visit.test/j/a1?x=1&y=2). Bye");
  expect(text).toContain('href="https://visit.test/j/a1?x=1&amp;y=2"');
  expect(text).toMatch(/<\/a>\)\. Bye$/);
});

test("only web addresses become links, and no text breaks out of one", () => {
  expect(linked("javascript:alert(1) file:///etc/passwd").text).not.toContain("<a");
  fc.assert(
    fc.property(fc.string(), (text) => {
      const hrefs = [...linked(`http://x.test/${text}`).text.matchAll(/<a ([^>]*)>/g)];
      for (const [, attributes] of hrefs)
        expect(attributes).toMatch(/^href="https?:\/\/[^"<>]*" target="_blank" rel="noopener noreferrer"$/);
    }),
    { numRuns: 10_000 },
  );
});
