import type { Metadata } from "next";
import { Logo } from "@/components/ui/brand";
import { doorDeps } from "@/lib/http/deps";
import { apiDocument } from "../api/openapi.json/document";
import { preloadFont } from "../preload-font";
import { CallCard, CodeBlock } from "./call-card";
import { CallLine, ShapeLine } from "./call-line";
import { type Call, callsOf } from "./calls";
import { beginning, embedding } from "./curl";
import { Prose, SchemaList } from "./schema-list";
import { words as t } from "./words";
import "./developers.css";

export const metadata: Metadata = { title: t("title") };

type Props = {
  searchParams: Promise<{ q?: string | string[]; call?: string | string[]; shape?: string | string[] }>;
};
/** So few that a reader wants to see them whole. */
const openUpTo = 3;
const anchorOf = (area: string) => area.toLowerCase().replaceAll(" ", "-");

/**
 * The API's document for people: the same that `/api/openapi.json` answers, and open to everybody like it. Calls stand there as lines; the one that the
 * address names (`call`, `shape`), or the few that a search found, with all that there is to say of them: whole, the document would be most of a megabyte.
 */
export default async function Developers({ searchParams }: Props) {
  preloadFont();
  const { q: asked, call: named, shape } = await searchParams;
  const q = typeof asked === "string" ? asked.trim().slice(0, 100) : "";
  const { env } = await doorDeps();
  const { document } = apiDocument();
  const { components } = document;
  const calls = callsOf(document, q);
  const areas = document.tags
    .map((tag) => ({ ...tag, calls: calls.filter(({ operation }) => operation.tags.includes(tag.name)) }))
    .filter((area) => area.calls.length > 0);
  const isOpen = ({ operation }: Call) =>
    operation.operationId === named || (q !== "" && calls.length <= openUpTo);
  return (
    <main className="api" lang="en" dir="ltr">
      <div className="top">
        <Logo />
        <a href="/api/openapi.json">{t("json")}</a>
      </div>
      <div className="stack stack--tight">
        <h1>{t("heading")}</h1>
        <p className="soft">{t("intro")}</p>
      </div>
      <search>
        <form action="/developers" className="field">
          <label htmlFor="q">{t("find")}</label>
          <span className="hint" id="q-hint">
            {t("hint")}
          </span>
          <div className="row row--wrap">
            <input
              className="input grow"
              id="q"
              name="q"
              type="search"
              defaultValue={q}
              maxLength={100}
              aria-describedby="q-hint"
            />
            <button type="submit" className="btn">
              {t("search")}
            </button>
          </div>
        </form>
      </search>
      {q ? (
        <p role="status">
          {t("found", { count: calls.length })} <a href="/developers">{t("all")}</a>
        </p>
      ) : (
        <>
          <section className="card stack stack--tight">
            <h2>{t("begin")}</h2>
            <p>{t("beginText")}</p>
            <CodeBlock label={t("begin")} text={beginning(env.NEXT_PUBLIC_APP_URL)} />
          </section>
          <section className="card stack stack--tight">
            <h2>{t("embed")}</h2>
            <p>{t("embedText")}</p>
            <CodeBlock label={t("embed")} text={embedding(env.NEXT_PUBLIC_APP_URL)} />
            <p>{t("embedMore")}</p>
          </section>
          <section className="card stack stack--tight">
            <h2>{t("proofs")}</h2>
            <p>{t("proofsText")}</p>
            <dl className="api__fields">
              {Object.entries(components.securitySchemes).map(([name, { description }]) => (
                <div key={name}>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>
                    <Prose text={String(description)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          <nav aria-label={t("contents")}>
            <ul className="row row--wrap">
              {areas.map(({ name }) => (
                <li key={name}>
                  <a className="api__jump" href={`#${anchorOf(name)}`}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </>
      )}
      {areas.map(({ name, description, calls: own }) => (
        <section key={name} id={anchorOf(name)} className="stack">
          <div>
            <h2>{name}</h2>
            <p className="soft">{description}</p>
          </div>
          <ul className="stack stack--tight">
            {own.map((call) => (
              <li key={call.operation.operationId}>
                {isOpen(call) ? <CallCard {...{ call, components, t }} /> : <CallLine call={call} q={q} />}
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section className="stack">
        <div>
          <h2>{t("refusals")}</h2>
          <p className="soft">{t("refusalsText")}</p>
        </div>
        <details className="card api__call">
          <summary>{t("refusals")}</summary>
          <dl className="api__fields">
            {Object.entries(components["x-refusals"]).map(([code, title]) => (
              <div key={code}>
                <dt>
                  <code>{code}</code>
                </dt>
                <dd>{title}</dd>
              </div>
            ))}
          </dl>
          <p className="soft">
            {t("faults")} {components.responses.Fault?.["x-codes"]?.join(", ")}
          </p>
        </details>
      </section>
      <section className="stack">
        <div>
          <h2>{t("shapes")}</h2>
          <p className="soft">{t("shapesText")}</p>
        </div>
        <ul className="stack stack--tight">
          {Object.entries(components.schemas).map(([name, schema]) => (
            <li key={name}>
              {name === shape || calls.some(isOpen) ? (
                <details className="card api__call" id={`shape-${name}`} open={name === shape}>
                  <summary>{name}</summary>
                  {schema.description ? (
                    <p>
                      <Prose text={schema.description} />
                    </p>
                  ) : null}
                  <SchemaList schema={schema} required={t("required")} />
                </details>
              ) : (
                <ShapeLine name={name} />
              )}
            </li>
          ))}
        </ul>
      </section>
    </main>
  );
}
