import type { Method, Operation } from "@/lib/http/openapi/types";

/** `visitId` → `VISIT_ID`: what a reader sets once in their shell. */
const variable = (name: string) => name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The first proof that a shell has at hand. */
const proofs = [
  ["apiKey", "X-Admin-Key: $KEY"],
  ["accessToken", "Authorization: Bearer $TOKEN"],
  ["visitSession", "Authorization: Bearer $SESSION"],
  ["linkBrowser", "Idempotency-Key: $HOLDER"],
] as const;

/** A call for a shell, with `$APP`, `$KEY` and the ids as variables. */
export function curlOf(
  method: Method,
  path: string,
  { parameters, security, requestBody, responses }: Operation,
): string {
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${variable(name)}`);
  const query = parameters
    .filter((one) => one.in === "query" && one.required)
    .map(({ name }) => `${name}=$${variable(name)}`)
    .join("&");
  const proof = security.some((one) => Object.keys(one).length === 0)
    ? undefined
    : proofs.find(([name]) => security.some((one) => name in one));
  const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const streams = Object.values(responses).some(
    (reply) => "content" in reply && reply.content?.["text/event-stream"],
  );
  return [
    `curl${streams ? " -N" : ""}${method === "get" ? "" : ` -X ${method.toUpperCase()}`} "$APP${place}${query ? `?${query}` : ""}"`,
    ...(proof ? [`-H "${proof[1]}"`] : []),
    ...(type && content?.example !== undefined
      ? [`-H "Content-Type: ${type}"`, `-d ${quoted(JSON.stringify(content.example))}`]
      : []),
  ].join(" \\\n  ");
}

/** What a shell needs first, in the folder of a copy that runs. */
export function beginning(app: string): string {
  const read = (what: string) =>
    `$(node -p "JSON.parse(require('fs').readFileSync('.vouchsafe/started.json')).${what}")`;
  const field = (what: string) => `node -p "JSON.parse(require('fs').readFileSync(0)).${what}"`;
  return [
    `APP=${app}`,
    `KEY=${read("adminKey")}`,
    `VISIT_ID=$(curl -s "$APP/api/visits?order=desc&limit=1" -H "X-Admin-Key: $KEY" | ${field("visits[0].visitId")})`,
    `PASSWORD=${read("accounts.find((a) => a.email.startsWith('admin@')).password")}`,
    `TOKEN=$(curl -s "$APP/auth/login" -d "{\\"email\\":\\"admin@vouchsafe.test\\",\\"password\\":\\"$PASSWORD\\"}" | ${field("access_token")})`,
    `HOLDER=$(node -p "crypto.randomUUID()")`,
  ].join("\n");
}

/** What a site's page holds, and what its server asks. */
export function embedding(appUrl: string): string {
  return [
    `<script src="${appUrl}/api/widget.js" async></script>`,
    '<vouchsafe-call site="SITE_ID" token-url="/call-token"></vouchsafe-call>',
    "",
    `curl -X POST ${appUrl}/api/host-sites/SITE_ID/handovers \\`,
    '  -H "X-Admin-Key: $KEY" -H "content-type: application/json" \\',
    `  -d '{"origin":"https://www.example.com","customer":"12345","signedInAt":"2026-11-21T15:00:00Z","secondStep":true}'`,
  ].join("\n");
}
