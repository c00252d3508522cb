import { useTranslations } from "next-intl";
import type { Colleague } from "@/lib/staff/list-staff";
import { Icon } from "../../../icons";

/** How somebody stands, in words and never by colour alone; and that Cognito has yet to be told of it. */
export function StandingChip({
  colleague: { standing, waitsForCloudSince },
}: {
  colleague: Pick<Colleague, "standing" | "waitsForCloudSince">;
}) {
  const t = useTranslations("people");
  const look = { active: "chip chip--good", suspended: "chip chip--bad", none: "chip" }[standing];
  return (
    <>
      <span className={look}>{t(`standings.${standing}`)}</span>
      {waitsForCloudSince ? (
        <span className="chip chip--wait">
          <Icon name="warn" />
          {t("waits")}
        </span>
      ) : null}
    </>
  );
}
