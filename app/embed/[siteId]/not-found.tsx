import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import { NotOpen } from "@/components/support/embedded";
import { doorDeps } from "@/lib/http/deps";
import { clinicOf } from "@/lib/notifications/clinic";
import "@/components/ui/controls.css";
import "../../styles/desk.css";
import "../../(customer)/own.css";

/** A site that is switched off, also in a call that was under way there, or one that was never registered: the way on is the same. */
export default async function SiteNotFound() {
  const [messages, clinic] = await Promise.all([getMessages(), doorDeps().then(clinicOf)]);
  return (
    <div className="patient own">
      <NextIntlClientProvider messages={{ support: messages.support, common: messages.common }}>
        <NotOpen stage={{ at: "refused", code: "SITE_SUSPENDED" }} phone={clinic.phone} again={null} />
      </NextIntlClientProvider>
    </div>
  );
}
