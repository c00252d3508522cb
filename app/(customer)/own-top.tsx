import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Logo } from "@/components/ui/brand";
import { signOut } from "@/lib/auth/sign-out";
import { Icon } from "../icons";
import { LanguageChoice } from "../language-choice";

type Path = "/visits" | "/visits/me" | "/support";
/** `connected`: a record is theirs, so there are details to see. */
type Props = { here: Path; name: string; connected?: boolean };

/** The head of the patient's own pages: where they are, who is signed in, the way out. */
export async function OwnTop({ here, name, connected = true }: Props) {
  const t = await getTranslations("own");
  const link = (path: Path | "/account", words: string) => (
    <Link href={path} aria-current={here === path ? "page" : undefined}>
      {words}
    </Link>
  );
  return (
    <header className="own__bar">
      <div className="top">
        <Logo />
        <LanguageChoice path={here} />
      </div>
      <div className="own__who">
        <nav aria-label={t("pages")}>
          {link("/visits", t("title"))}
          {link("/support", t("support"))}
          {connected ? link("/visits/me", t("me")) : link("/account", t("account"))}
        </nav>
        <form action={signOut}>
          <button type="submit" className="btn btn--ghost">
            <Icon name="out" />
            <span>
              {t("signOut")} <span className="vh">{name}</span>
            </span>
          </button>
        </form>
      </div>
    </header>
  );
}
