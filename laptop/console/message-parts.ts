import type { Inbox } from "../messages/inbox";
import type { ApiResponse } from "../wire";

/**
 * A mail's own HTML is a stranger's: no script, no request to anywhere, no access to this origin, even opened by itself.
 * Links open in tabs of their own.
 */
const letterPolicy =
  "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

const path = /^\/_laptop\/inbox\/([\w-]{1,64})\/(?:(html)|attachments\/(\d{1,3}))$/;

/** `/_laptop/inbox/<id>/html` and `/_laptop/inbox/<id>/attachments/<n>`. @returns null for other paths and for what is not there. */
export function messagePart(inbox: Inbox, requested: string): ApiResponse | null {
  const [, id = "", isHtml, index] = path.exec(requested) ?? [];
  const message = inbox.find(id);
  if (isHtml && message?.html) return letter(message.html);
  const attachment = index === undefined ? undefined : message?.attachments[Number(index)];
  if (!attachment) return null;
  return {
    status: 200,
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(attachment.filename)}`,
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
    },
    body: Buffer.from(attachment.content, "base64"),
  };
}

const letter = (html: string): ApiResponse => ({
  status: 200,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": letterPolicy,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  },
  body: `<!doctype html><base target="_blank">${html}`,
});
