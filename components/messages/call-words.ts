import { createTranslator } from "next-intl";
import type { CallParty } from "@/lib/call/call-facts";
import type { EndReason, Quality } from "@/lib/call/call-state";
import type { DeviceProblem } from "@/lib/call/device-problem";
import type { LiveState } from "@/lib/visits/answers";
import type { Locale } from "@/messages/locales";
import type { CallMessages } from "@/messages/messages";

/**
 * The words of the call, in the language of this page. They come with the call's code, behind the door, and hold for the page's life:
 * half of them are spoken outside React (titles, notifications, announcements). Nothing here runs on a server.
 */
export let callWords: ReturnType<typeof wordsOf>["call"];
export let afterWords: ReturnType<typeof wordsOf>["after"];
export let callMeWords: ReturnType<typeof wordsOf>["callMe"];
export let captionWords: ReturnType<typeof wordsOf>["captions"];
export let chatWords: ReturnType<typeof wordsOf>["chat"];
export let deviceWords: ReturnType<typeof wordsOf>["devices"];
export let lineWords: ReturnType<typeof wordsOf>["line"];
export let notesWords: ReturnType<typeof wordsOf>["notes"];
export let recordingWords: ReturnType<typeof wordsOf>["recording"];
export let shareWords: ReturnType<typeof wordsOf>["share"];
export let waitingWords: ReturnType<typeof wordsOf>["waiting"];

/** To be awaited before anything of the call is drawn. Rejects without a network. */
export async function loadCallWords(locale: Locale): Promise<void> {
  const { default: messages } = await catalogues[locale]();
  const words = wordsOf(locale, messages);
  ({
    call: callWords,
    after: afterWords,
    callMe: callMeWords,
    captions: captionWords,
    chat: chatWords,
    devices: deviceWords,
    line: lineWords,
    notes: notesWords,
    recording: recordingWords,
    share: shareWords,
    waiting: waitingWords,
  } = words);
}

const catalogues: Record<Locale, () => Promise<{ default: CallMessages }>> = {
  en: () => import("@/messages/en/call.json"),
  es: () => import("@/messages/es/call.json"),
  ar: () => import("@/messages/ar/call.json"),
};

/** "the patient" at the head of a sentence. Languages without capitals stay as they are. */
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function wordsOf(locale: Locale, messages: CallMessages) {
  const { call, after, callMe, captions, chat, devices, line, notes, recording, share, waiting } = messages;
  const t = createTranslator({
    locale,
    messages,
    onError(error) {
      throw error;
    },
  });
  // A visit's own: a room shows none.
  const roles: Partial<Record<CallParty, string>> = call.roles;
  return {
    call: {
      ...call,
      titles: {
        ...call.titles,
        somebodyWaits: (count: number) => t("call.titles.somebodyWaits", { count }),
      },
      headOf: capital,
      role: (party: CallParty) => roles[party] ?? "",
      busyNext: (seconds: number, tries: number) => t("call.busyNext", { seconds, tries: tries + 1 }),
      connectedTo: (name: string) => t("call.connectedTo", { name }),
      verifiedBy: (clinic: string) => t("call.verifiedBy", { clinic }),
      waitingCount: (count: number) => t("call.waitingCount", { count }),
      peopleTitle: (count: number) => t("call.peopleTitle", { count }),
      pin: (name: string) => t("call.pin", { name }),
      screenOf: (name: string) => t("call.screenOf", { name }),
      keys: [
        { key: "M", does: call.keys.mute, hostsOnly: false },
        { key: "V", does: call.keys.camera, hostsOnly: false },
        { key: "C", does: call.keys.chat, hostsOnly: false },
        { key: "P", does: call.keys.people, hostsOnly: true },
        { key: "N", does: call.keys.notes, hostsOnly: true },
        { key: "Esc", does: call.keys.close, hostsOnly: false },
        { key: "?", does: call.keys.show, hostsOnly: false },
      ],
      alonePatient: (name: string) => ({
        title: t("call.alonePatient.title", { name: capital(name) }),
        say: call.alonePatient.say,
      }),
      left: (name: string) => ({
        title: t("call.left.title", { name: capital(name) }),
        say: call.left.say,
      }),
      comingBack: (name: string) => ({
        title: t("call.comingBack.title", { name: capital(name) }),
        say: call.comingBack.say,
      }),
      pictureStill: call.pictureStill,
      othersCameraOff: (name: string) => ({
        title: t("call.othersCameraOff.title", { name: capital(name) }),
        say: call.othersCameraOff.say,
      }),
      backLong: (number: string) => t("call.backLong", { number }),
      isWaiting: (name: string) => t("call.isWaiting", { name }),
      askRemove: (name: string) => ({
        title: t("call.askRemove.title", { name }),
        say: call.askRemove.say,
      }),
    },
    after: {
      ...after,
      title: (reason: EndReason) => after.titles[reason],
      /** "from 7:45 AM to 7:45 AM" tells nobody anything. */
      talked: (facts: { name: string; minutes: number; from: string; to: string }) =>
        facts.from === facts.to ? t("after.talkedBriefly", facts) : t("after.talked", facts),
      notes: (name: string) => t("after.notes", { name }),
    },
    callMe: { ...callMe, asked: (time: string) => t("callMe.asked", { time }) },
    chat: {
      ...chat,
      unread: (count: number) => t("chat.unread", { count }),
      titleWith: (name: string) => t("chat.titleWith", { name }),
      left: (count: number) => t("chat.left", { count }),
      from: (name: string, text: string) => t("chat.from", { name, text }),
    },
    devices: {
      ...devices,
      camera: (problem: DeviceProblem) => devices.camera[problem],
      microphone: (problem: DeviceProblem) => devices.microphone[problem],
    },
    line: {
      ...line,
      quality: (quality: Quality) => line.qualities[quality].word,
      say: (quality: Quality) => line.qualities[quality].say,
      /** Spoken of the button in the head. */
      button: (quality: Quality) => t("line.button", { word: line.qualities[quality].word }),
      steps: Object.values(line.steps),
      otherWeak: (name: string) => ({
        title: t("line.otherWeak.title", { name }),
        say: line.otherWeak.say,
      }),
    },
    notes: {
      ...notes,
      kept: { ...notes.kept, savedAt: (time: string) => t("notes.kept.savedAt", { time }) },
    },
    recording: {
      ...recording,
      askedSay: (days: number, withPicture: boolean) =>
        t(withPicture ? "recording.askedSayPicture" : "recording.askedSay", { days }),
    },
    captions: {
      ...captions,
      from: (name: string, text: string) => t("captions.from", { name, text }),
    },
    share: {
      ...share,
      asked: (name: string) => ({ title: share.asked.title, say: t("share.asked.say", { name }) }),
      mayNow: (name: string) => ({ title: t("share.mayNow.title", { name }), say: share.mayNow.say }),
      asks: (name: string) => ({ title: t("share.asks.title", { name }), say: share.asks.say }),
      refused: (name: string) => ({ title: t("share.refused.title", { name }), say: share.refused.say }),
      stopped: (name: string) => ({ title: t("share.stopped.title", { name }), say: share.stopped.say }),
      theirs: (name: string) => ({ title: t("share.theirs.title", { name }), say: share.theirs.say }),
    },
    waiting: {
      ...waiting,
      /** Only while the clinician's own page is connected to the visit. */
      late: (name: string, time: string) => t("waiting.late", { name, time }),
      /** From what the server sees; null where there is nothing to say. */
      place: (name: string, { withAnother, before, next }: NonNullable<LiveState["queue"]>) =>
        before > 0
          ? t(withAnother ? "waiting.withAnotherBefore" : "waiting.before", { name, count: before })
          : withAnother
            ? t(next ? "waiting.withAnotherNext" : "waiting.withAnother", { name })
            : null,
      /** Not by name: whoever runs the book may have written. */
      says: (time: string) => t("waiting.says", { time }),
      knows: (name: string) => t("waiting.knows", { name }),
      notYetSay: (name: string) => t("waiting.notYetSay", { name }),
      chime: (name: string) => t("waiting.chime", { name }),
      prepare: { title: waiting.prepareTitle, items: Object.values(waiting.prepare) },
      isWaiting: (name: string) => t("waiting.isWaiting", { name }),
      forMinutes: (minutes: number) => t("waiting.forMinutes", { minutes }),
      sendAwayPerson: (name: string) => ` ${name}`,
      askSendAway: (name: string) => ({
        title: t("waiting.askSendAway.title", { name }),
        say: waiting.askSendAway.say,
      }),
    },
  };
}
