import { useTranslations } from "next-intl";

/** Where the contact centre's own panel stands: it has the sound, and a visit's picture. It is never moved: a frame that moves is loaded anew. */
export function Panel({ setFrame }: { setFrame: (frame: HTMLElement | null) => void }) {
  const t = useTranslations("desk");
  return (
    <section className="card card--flush" aria-labelledby="desk-panel">
      <div className="card__head">
        <h2 id="desk-panel">{t("panel.title")}</h2>
      </div>
      <div ref={setFrame} className="desk__frame" />
    </section>
  );
}
