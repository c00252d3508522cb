import type { Metadata } from "next";
import { sentWords } from "@/components/messages/en";
import { Halves } from "@/components/ui/halves";
import { HelpCard } from "@/components/ui/help-card";
import { Icon } from "@/components/ui/icon";
import { PageTop } from "@/components/ui/page-top";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";

export const metadata: Metadata = { title: sentWords.title };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** After "Send me a new link". Tells nothing that the address doesn't, and the address tells nothing of anybody. */
export default async function Sent({ searchParams }: Props) {
  const { wait, failed } = await searchParams;
  const minutes = typeof wait === "string" && /^\d{1,4}$/.test(wait) ? Number(wait) : null;
  const sent = minutes === null && failed === undefined;
  const { phone } = await clinicOf(await doorDeps());
  return (
    <main className="page page--tall">
      <PageTop />
      <Halves state={sent ? "coming" : "apart"} />
      <div className="stack">
        {sent ? <OnItsWay /> : <NotSent minutes={minutes} />}
        <HelpCard phone={phone} />
      </div>
    </main>
  );
}

function OnItsWay() {
  const { before, strong, after } = sentWords.newest;
  return (
    <>
      <h1>{sentWords.title}</h1>
      <p className="soft">{sentWords.say}</p>
      <p className="banner banner--good">
        <Icon name="tick" />
        <span>
          {before}
          <b>{strong}</b>
          {after}
        </span>
      </p>
      <p className="soft">{sentWords.nothing}</p>
    </>
  );
}

function NotSent({ minutes }: { minutes: number | null }) {
  const limited = minutes !== null;
  return (
    <>
      <h1>{limited ? sentWords.limited.title : sentWords.failed.title}</h1>
      <p className="soft">{limited ? sentWords.limited.say(minutes) : sentWords.failed.say}</p>
    </>
  );
}
