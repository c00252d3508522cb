import Link from "next/link";
import { useTranslations } from "next-intl";
import { Field } from "@/components/ui/field";
import type { SavedView } from "@/lib/visits/saved-views";
import { SaveForm } from "../../save-form";
import { dropView, saveView } from "./actions";
import { type Typed, visitsHref } from "./visits-href";

const page = "/admin/visits";

/** What the reader asks again and again, a press away; and a name for what the list shows now. */
export function SavedViews({ views, typed }: { views: SavedView[]; typed: Typed }) {
  const t = useTranslations("find.views");
  const query = visitsHref(typed).slice(page.length + 1);
  return (
    <section className="saved" aria-label={t("title")}>
      {views.length > 0 ? (
        <nav className="row row--wrap views" aria-label={t("title")}>
          {views.map((view) => (
            <Link
              key={view.viewId}
              className="btn btn--quiet btn--tiny"
              href={`${page}?${view.query}`}
              aria-current={view.query === query ? "page" : undefined}
            >
              {view.name}
            </Link>
          ))}
        </nav>
      ) : null}
      <details>
        <summary>{t("manage")}</summary>
        <div className="card stack saved__manage">
          <SaveForm
            // Another list is another thing to name.
            key={query}
            action={saveView}
            fields={{ query }}
            name={t("keep")}
            look="btn--md"
            busy={t("keeping")}
            label={t("keep")}
            clears
          >
            <Field id="viewName" label={t("name")} hint={t("nameHint")} required>
              {(tied) => (
                <input {...tied} className="input" name="name" autoComplete="off" required maxLength={40} />
              )}
            </Field>
          </SaveForm>
          {views.length > 0 ? (
            <ul className="stack stack--tight">
              {views.map(({ viewId, name }) => (
                <li key={viewId} className="row row--wrap">
                  <span className="grow">{name}</span>
                  <SaveForm
                    action={dropView}
                    fields={{ viewId }}
                    look="btn--quiet btn--tiny"
                    busy={t("removing")}
                    label={
                      <>
                        {t("remove")}
                        <span className="vh"> {name}</span>
                      </>
                    }
                  />
                </li>
              ))}
            </ul>
          ) : null}
        </div>
      </details>
    </section>
  );
}
