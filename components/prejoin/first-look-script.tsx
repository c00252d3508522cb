"use client";

import firstLook from "./first-look.ts?inline";

/** Opens the camera before React has come. Stands behind all that it works on; the nonce lets it run. Written by the server alone. */
export function FirstLookScript({ nonce }: { nonce: string }) {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: a script bundled from our own sources; nobody's input is in it
    <script nonce={nonce} dangerouslySetInnerHTML={{ __html: firstLook }} suppressHydrationWarning />
  );
}
