"use client";

import { useServerInsertedHTML } from "next/navigation";
import { useRef } from "react";
import door from "./styles/door.css?inline";
import page from "./styles/page.css?inline";

const styles = { page, door };

/**
 * A style in the page itself: a request less before the first paint, which costs as much as 30 kB on a slow phone (decision 0013).
 * Written by the server alone; the browser's bundle holds none of it.
 */
export function PageStyle({ name, nonce }: { name: keyof typeof styles; nonce: string }) {
  return useInserted(styles[name], nonce);
}

/** A clinic's own tones over ours; see `paletteCss`. */
export function BrandStyle({ css, nonce }: { css: string; nonce: string }) {
  return useInserted(css, nonce);
}

function useInserted(css: string, nonce: string): null {
  const written = useRef(false);
  useServerInsertedHTML(() => {
    if (written.current) return null;
    written.current = true;
    // biome-ignore lint/security/noDangerouslySetInnerHtml: our own style sheet, bundled at build time; or colours, parsed and written anew
    return <style nonce={nonce} dangerouslySetInnerHTML={{ __html: css }} />;
  });
  return null;
}
