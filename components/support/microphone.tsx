import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Loudness } from "@/lib/call/level";
import type { LocalMedia } from "@/lib/call/local-media";
import type { LocalMediaState } from "@/lib/call/local-media-state";
import { DevicePick } from "../ui/device-pick";
import { Icon } from "../ui/icon";
import { Meter } from "../ui/meter";

/** Whether we will hear them, before they call. */
export function Microphone({ local, media }: { local: LocalMedia | null; media: LocalMediaState }) {
  const t = useTranslations("support");
  const [loudness, setLoudness] = useState<Loudness>("silent");
  const { microphone, choices } = media;
  const said = loudness === "silent" ? "micSilent" : loudness === "good" ? "micGood" : "micLoud";
  return (
    <section className="card stack stack--tight" aria-label={t("microphone")}>
      <div className="row">
        <Icon name="mic" />
        <b className="grow" role="status">
          {microphone.state === "on" ? t(said) : t("microphone")}
        </b>
      </div>
      {microphone.state === "on" ? (
        <>
          <Meter stream={microphone.stream} label={t("level")} segments={28} told={setLoudness} />
          <DevicePick
            label={t("microphone")}
            choices={choices.microphone}
            value={microphone.id}
            choose={(id) => void local?.choose("microphone", id)}
          />
        </>
      ) : (
        <>
          <p className="soft">{t("micWhy")}</p>
          <button
            type="button"
            className={microphone.state === "asking" ? "btn btn--quiet is-busy" : "btn btn--quiet"}
            disabled={!local}
            onClick={() => void local?.open({ camera: false, microphone: true })}
          >
            {microphone.state === "asking" ? t("micAsking") : t("micOn")}
          </button>
        </>
      )}
      {media.canChooseSpeaker ? (
        <DevicePick
          labelled
          label={t("speaker")}
          choices={choices.speaker}
          value={media.speaker || "default"}
          choose={(id) => void local?.choose("speaker", id)}
        />
      ) : null}
    </section>
  );
}
