import { html } from "../console/html";
import type { ApiRequest, ApiResponse } from "../wire";
import { type DemoHost, readSetup } from "./read-setup";

/** Where it stands, and its own server's door. */
const demoHostPath = "/bank";
const tokenPath = `${demoHostPath}/call-token`;
/** For how long somebody has been signed in there: one who opens the demo just has. Milliseconds. */
const signedInForMs = 2 * 60_000;
const askedMs = 5_000;

/**
 * A site of somebody else's, to try `<vouchsafe-call>` in: another origin, a page, and a server of its own that asks for handovers with its key.
 *
 * @param file what the site was given (`read-setup.ts`). @returns null: not this site's, or there is none.
 */
export async function demoHost(file: string, request: ApiRequest): Promise<ApiResponse | null> {
  const { method, path, headers } = request;
  if (path !== demoHostPath && path !== tokenPath) return null;
  const setup = readSetup(file);
  if (!setup) return null;
  if (method === "POST" && path === tokenPath) return token(setup, `http://${headers.host ?? ""}`);
  return method === "GET" && path === demoHostPath ? page(setup) : null;
}

/** What a real site's server does: it knows who is signed in, and asks with a key that no page ever sees. */
async function token({ appUrl, siteId, key, customer }: DemoHost, origin: string): Promise<ApiResponse> {
  const answered = await fetch(`${appUrl}/api/host-sites/${siteId}/handovers`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-admin-key": key },
    body: JSON.stringify({
      origin,
      customer: customer.number,
      signedInAt: new Date(Date.now() - signedInForMs).toISOString(),
      secondStep: true,
    }),
    signal: AbortSignal.timeout(askedMs),
  }).catch(() => null);
  return {
    status: answered?.ok ? 200 : 502,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: answered ? await answered.text() : "{}",
  };
}

function page({ appUrl, siteId, customer }: DemoHost): ApiResponse {
  const us = new URL(appUrl).origin;
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": `default-src 'none'; script-src ${us}; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; frame-src ${us}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      "permissions-policy": `microphone=(self "${us}"), autoplay=(self "${us}")`,
      // A window of the call's own must know who opened it.
      "cross-origin-opener-policy": "same-origin-allow-popups",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    },
    body: `<!doctype html>\n${
      html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>First Bank of Nowhere</title>
<link rel="stylesheet" href="/console/assets/bank.css">
<link rel="icon" href="/console/assets/icon.svg" type="image/svg+xml">
<script src="${us}/api/widget.js" async></script>
</head>
<body>
<header><b>First Bank of Nowhere</b><span>${customer.name}, signed in 2 minutes ago</span></header>
<main aria-label="First Bank of Nowhere">
<h1>Good day, ${customer.name}</h1>
<section><h2>Health savings account</h2><p class="sum">$1,204.50</p><p>A site that is not ours, on another address. Its server knows who is signed in, and says so with a key.</p></section>
<section><h2>A question about a bill?</h2><p>Call the clinic from here. Nobody asks who you are again.</p>
<vouchsafe-call site="${siteId}" token-url="${tokenPath}" label="Call the clinic"></vouchsafe-call></section>
<p class="small"><a href="/">Back to the laptop cloud</a></p>
</main>
</body>
</html>`.text
    }`,
  };
}
