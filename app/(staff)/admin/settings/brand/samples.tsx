"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Mark } from "@/components/ui/icon";
import { type Hex, paletteOf, type Tones } from "@/lib/kernel/palette";

type Props = { name: string; accent: Hex; logo: string | null };

/** The top of a page and a button, by day and by night. */
export function Samples(props: Props) {
  const t = useTranslations("rules.brand");
  const { light, dark } = paletteOf(props.accent);
  return (
    <div className="two">
      <Sample {...props} say={t("day")} tones={light} look="brandsample--day" />
      <Sample {...props} say={t("night")} tones={dark} look="brandsample--night" />
    </div>
  );
}

function Sample({ name, logo, say, tones, look }: Props & { say: string; tones: Tones; look: string }) {
  const t = useTranslations("rules.brand");
  const box = useRef<HTMLDivElement>(null);
  // By the object model: a style that stands in the page itself is refused by its policy.
  useEffect(() => {
    const { brand, on, ink } = tones;
    for (const [property, tone] of Object.entries({ "--brand": brand, "--on-brand": on, "--brand-ink": ink }))
      box.current?.style.setProperty(property, tone);
  }, [tones]);
  return (
    <figure className="brandfigure">
      <figcaption className="small soft">{say}</figcaption>
      <div ref={box} className={`brandsample ${look}`} aria-hidden="true">
        <span className="logo">
          {logo ? (
            // biome-ignore lint/performance/noImgElement: a picture that may be the chooser's own, not yet sent
            <img src={logo} alt="" />
          ) : (
            <>
              <Mark />
              Vouchsafe
            </>
          )}
        </span>
        <span className="brandsample__name">{name}</span>
        <span className="btn btn--md">{t("sampleButton")}</span>
        <span className="brandsample__link">{t("sampleLink")}</span>
      </div>
    </figure>
  );
}
