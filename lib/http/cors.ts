/**
 * CORS is closed but for the origins that the operator listed. Never with credentials: a foreign page brings a Bearer
 * token of its own, or nothing. @returns null when the origin isn't listed: then no header is sent and the browser refuses.
 */
export function corsHeaders(
  origin: string | null,
  allowed: readonly string[],
): Record<string, string> | null {
  if (origin === null || !allowed.includes(origin)) return null;
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, POST, PATCH, OPTIONS",
    "access-control-allow-headers": "authorization, content-type, idempotency-key, x-admin-key",
    "access-control-expose-headers": "retry-after, x-request-id",
    "access-control-max-age": "600",
    "cross-origin-resource-policy": "cross-origin",
  };
}
