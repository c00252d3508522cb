import { setTimeout as delay } from "node:timers/promises";
import type { ShownBrand } from "@/components/ui/brand";
import { doorDeps } from "@/lib/http/deps";
import { paletteCss } from "@/lib/kernel/palette";
import { clinicOf } from "@/lib/notifications/clinic";

/** A page does not wait longer for its colour. Milliseconds. */
const patienceMs = 1_000;

/** What every page of the clinic wears. Null while the database is away: a page that says so wears ours. */
export async function shownBrand(): Promise<{ brand: ShownBrand; css: string | null } | null> {
  const clinic = await Promise.race([
    doorDeps()
      .then(clinicOf)
      .catch((fault: unknown) => {
        console.error("the clinic's look could not be read", fault);
        return null;
      }),
    delay(patienceMs, null, { ref: false }),
  ]);
  if (!clinic) return null;
  const { accent, logo } = clinic.brand;
  return {
    brand: { name: clinic.name, logo: logo && logoAt(logo) },
    css: accent && paletteCss(accent),
  };
}

export const logoAt = ({ version, ...size }: { version: string; width: number; height: number }) => ({
  src: `/api/brand/logo?v=${version}`,
  ...size,
});
