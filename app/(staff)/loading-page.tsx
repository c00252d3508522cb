import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

type Props = {
  /** The heading that the page itself will have, or what kind of page it is. */
  title: string;
  /** The page before it on the way from the list; left out where it has none. */
  crumb?: string;
  /** What is being fetched, for who can't see the rows; left out: one moment. */
  say?: string;
  children: ReactNode;
};

/** A page on its way: its own heading at once, and the shape of what comes below, so that little moves when it is there. */
export function LoadingPage({ title, crumb, say, children }: Props) {
  const t = useTranslations("frame");
  return (
    <main className="main" aria-busy="true">
      {crumb ? (
        <p className="crumbs">
          {crumb} / {title}
        </p>
      ) : null}
      <div className="head">
        <h1>{title}</h1>
        <p className="soft" role="status">
          {say ?? t("loading")}
        </p>
      </div>
      {children}
    </main>
  );
}

/** Rows as high as a table's and as a short form's fields. */
export function LoadingCard({ rows }: { rows: number }) {
  return (
    <div className="card card--flush" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="skeleton" />
      ))}
    </div>
  );
}
