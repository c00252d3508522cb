import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../cloud";
import { demoHost } from "../demo-host/index";
import { readSetup } from "../demo-host/read-setup";
import type { ApiRequest, ApiResponse } from "../wire";
import { inspect } from "./api";
import { asset } from "./assets";
import { contactsPage } from "./contacts-page";
import { faultsPage } from "./faults-page";
import { submit } from "./forms";
import type { Markup } from "./html";
import { emptyInbox, inboxPage } from "./inbox-page";
import { layout, type Tab, tabs } from "./layout";
import { meetingsPage } from "./meetings-page";
import { countOn } from "./switches";
import { watch } from "./watch";

const pages: Record<Tab, (cloud: Cloud, query: URLSearchParams) => Markup> = {
  Inbox: inboxPage,
  Meetings: meetingsPage,
  Contacts: contactsPage,
  Faults: faultsPage,
};

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

function page(cloud: Cloud, tab: Tab, query: URLSearchParams): ApiResponse {
  const body = layout({
    tab,
    counts: {
      Inbox: cloud.inbox.list({ all: true }).length,
      Meetings: cloud.chime.snapshot().meetings.length,
      Contacts: cloud.connect.contacts().filter(({ disconnectedAt }) => disconnectedAt === null).length,
    },
    faultsOn: countOn(cloud.faults),
    ...(tab === "Inbox" ? { actions: emptyInbox } : {}),
    demoHost: readSetup(cloud.demoHostFile) !== null,
    body: pages[tab](cloud, query),
  });
  return {
    status: 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-store",
    },
    body,
  };
}

/** Everything that is no vendor's: the console's pages, and `/_laptop/…` for tests. */
export function openConsole(cloud: Cloud) {
  return {
    /** @returns null when it keeps the answer open (server-sent events). */
    async handle(
      request: ApiRequest,
      incoming: IncomingMessage,
      outgoing: ServerResponse,
    ): Promise<ApiResponse | null> {
      const { method, path, query } = request;
      if (/^\/_laptop\/connect\/agents(\/|$)/.test(path)) return cloud.connect.agentDoor(request, outgoing);
      if (method === "GET" && path === "/_laptop/events") {
        watch(cloud.watchers, incoming, outgoing);
        return null;
      }
      const ofHost = await demoHost(cloud.demoHostFile, request);
      if (ofHost) return ofHost;
      const tab = method === "GET" ? tabs.find((known) => known.path === path)?.name : undefined;
      if (tab) return page(cloud, tab, query);
      const answer = method === "POST" ? submit(cloud, request) : asset(path);
      return answer ?? inspect(cloud, request);
    },
  };
}
