import pino, { type Logger } from "pino";

/** Names under which a credential or a person's data could slip into a log line. Redacted wherever they stand, two levels deep. */
const secret = [
  "token",
  "joinToken",
  "participantToken",
  "sessionToken",
  "accessToken",
  "idToken",
  "refreshToken",
  "authorization",
  "cookie",
  "password",
  "code",
  "shortCode",
  "link",
  "phone",
  "email",
  "to",
  "recipient",
  "body",
  "chiefComplaint",
  "notes",
  "firstName",
  "lastName",
];

export type Log = Logger;

/** JSON lines on stdout. No PHI: lines carry ids, codes and counts. */
export function openLog(name: string, level: string): Log {
  return pino({
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secret.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]), censor: "[redacted]" },
  });
}
