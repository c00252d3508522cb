"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import type { LookBack } from "@/lib/visits/answers";
import type { Locale } from "@/messages/locales";
import type { DoorFacts } from "./door-facts";

type Page = ComponentType<{ door: DoorFacts; back: LookBack }>;

async function loadAfterPage(locale: Locale): Promise<Page> {
  const [{ AfterPage }, { loadCallWords }] = await Promise.all([
    import("../call/after-page"),
    import("../messages/call-words"),
  ]);
  await loadCallWords(locale);
  return AfterPage;
}

/** @param children what stands until the page's words are here, and where they don't come: that the visit is over, and whom to call. */
export function AfterDoor({
  door,
  back,
  children,
}: {
  door: DoorFacts;
  back: LookBack;
  children: ReactNode;
}) {
  const [Page, setPage] = useState<Page | null>(null);
  const { locale } = door.language;
  useEffect(() => {
    loadAfterPage(locale).then(
      (loaded) => setPage(() => loaded),
      () => undefined, // no network: what stands is true
    );
  }, [locale]);
  return Page ? <Page door={door} back={back} /> : children;
}
