"use client";

import { createContext, type ReactNode, use } from "react";
import { Mark } from "./icon";

/** Whose pages these are. `logo` null: ours. Pixels. */
export type ShownBrand = { name: string; logo: { src: string; width: number; height: number } | null };

const Shown = createContext<ShownBrand | null>(null);

/** @param props.brand null: not known just now; then the pages are ours. */
export function BrandProvider({ brand, children }: { brand: ShownBrand | null; children: ReactNode }) {
  return <Shown value={brand}>{children}</Shown>;
}

/** The clinic's logo, where it has one, by the clinic's name. */
export function Logo() {
  const brand = use(Shown);
  if (brand?.logo)
    return (
      <span className="logo">
        {/* biome-ignore lint/performance/noImgElement: cleaned and sized when it was saved, and kept by the browser for good */}
        <img {...brand.logo} alt={brand.name} />
      </span>
    );
  return (
    <span className="logo">
      <Mark />
      Vouchsafe
    </span>
  );
}
