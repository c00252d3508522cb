import { rm } from "node:fs/promises";
import path from "node:path";
import { renderUnicodeCompact } from "uqr";
import type { Demo } from "./demo";
import { writePrivateJson } from "./private-file";

/** What `started.json` tells a script, as the table tells a person. Local mode fills all of it. */
export type Started = { appUrl: string; laptopUrl: string; agentSecret: string } & Demo;

const fileIn = (folder: string) => path.join(folder, "started.json");

/** Taken away first thing: whoever finds the file finds a system that is up. */
export const clearStarted = (folder: string) => rm(fileIn(folder), { force: true });

export const writeStarted = (folder: string, started: Started) => writePrivateJson(fileIn(folder), started);

/** The table for a person. */
export function describeStarted(
  started: { appUrl: string; laptopUrl?: string } & Partial<Demo>,
  about: { seconds: number; database: string; folder: string; lan: boolean },
): string {
  const rows: Array<[string, string]> = [["App", started.appUrl]];
  if (started.laptopUrl)
    rows.push(["Laptop cloud", `${started.laptopUrl}   (texts, mail, meetings, faults)`]);
  rows.push(["Database", about.database]);
  if (started.patientLink) rows.push(["", ""], ["Patient link", started.patientLink]);
  if (started.clinicianLink) rows.push(["Clinician link", started.clinicianLink]);
  if (started.accounts) {
    rows.push(["", ""], ["Staff sign-in", `${started.appUrl}/sign-in`]);
    for (const { email, password, groups } of started.accounts)
      rows.push(["", `${email.padEnd(26)} ${password}   ${groups.join(", ")}`]);
  }
  if (started.adminKey) rows.push(["API key", `${started.adminKey}   (X-Admin-Key)`]);
  const lines = rows.map(([name, value]) => `  ${name.padEnd(15)} ${value}`.trimEnd());
  const headline = `Vouchsafe is up (${about.seconds.toFixed(1)} s)`;
  if (about.lan && started.patientLink) lines.push(...describePhone(started.appUrl, started.patientLink));
  const footer = `State and logs: ${about.folder}. Ctrl-C stops everything.`;
  return ["", headline, "", ...lines, "", footer, ""].join("\n");
}

/** The patient's link as a code for a phone's camera, and what the phone will ask. */
function describePhone(appUrl: string, patientLink: string): string[] {
  return [
    "",
    "  With a phone on the same network: point its camera here to be the patient.",
    "  It warns about the certificate, which this computer made by itself: go on to the page all the same.",
    `  An iPhone that then stays at "Connecting" must trust it once: open ${appUrl}/laptop-certificate.crt`,
    "",
    // Dark on light, whatever the terminal's own colours: some cameras read nothing else.
    ...renderUnicodeCompact(patientLink, { border: 2 })
      .split("\n")
      .map((line) => `  \u001b[97;40m${line}\u001b[0m`),
  ];
}
