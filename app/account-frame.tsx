import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/brand";
import { Mark } from "./icons";
import { LanguageChoice } from "./language-choice";
import { preloadFont } from "./preload-font";
import "@/components/ui/controls.css";
import "./styles/desk.css";
import "./account-frame.css";

/** The frame of the pages on which nobody is signed in yet. @param path of the page, for its other languages. */
export async function AccountFrame({ path, children }: { path: string; children: ReactNode }) {
  preloadFont();
  const t = await getTranslations("signIn");
  return (
    <div className="si">
      <main>
        <div className="si__form">
          <div className="si__top">
            <Logo />
            <LanguageChoice path={path} />
          </div>
          {children}
        </div>
      </main>
      <aside aria-hidden="true">
        <Mark className="si__mark" />
        <p className="si__say">{t("halves")}</p>
        <p className="si__sub">{t("motto")}</p>
      </aside>
    </div>
  );
}
