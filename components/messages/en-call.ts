import type { EndReason } from "@/lib/call/call-state";
import type { Party } from "@/lib/visits/answers";

/** Part of the one catalogue (see en.ts): kept apart so that the door loads none of it before it is needed. */
const roles: Record<Party, string> = { patient: "Patient", clinician: "Clinician" };
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
export const callWords = {
  titles: {
    waiting: "Waiting room",
    live: "In your visit",
    somebodyWaits: (count: number) => `(${count}) Patient is waiting`,
  },
  patient: "the patient",
  headOf: (name: string) => capital(name),
  checkAgain: "Check again",
  letIn: "Press Admit to let them in.",
  joining: "Joining your visit",
  joiningSay: "This takes a few seconds.",
  busy: "Many visits start right now",
  busySay: "Your place is kept. You don’t need to do anything.",
  busyNext: (seconds: number, tries: number) =>
    seconds > 0 ? `Trying again in ${seconds} s · try ${tries + 1}` : `Trying now · try ${tries + 1}`,
  cancel: "Stop trying",

  waitingSince: "Waiting since",
  lookFine: "You look and sound fine",
  noCamera: "Your camera is off",
  onlyYouBoth: "Only you can see and hear this.",
  longWait: "Waiting longer than 15 minutes?",
  callClinicAt: "Call the clinic at",
  waitingTrouble: "Your internet is away. Your place is kept.",

  connectedTo: (name: string) => `Connected to ${name}`,
  verifiedBy: (clinic: string) => `Verified by ${clinic}`,
  openedLink: "opened the link sent to the number on file",
  you: "You",
  controls: "Call controls",
  mute: "Mute",
  unmute: "Unmute",
  cameraOff: "Camera off",
  cameraOn: "Camera on",
  devices: "Devices",
  leave: "Leave",
  endForAll: "End for all",
  more: "More",
  moreTitle: "More",
  people: "People",
  waitingCount: (count: number) => ` (${count} waiting)`,
  peopleTitle: (count: number) => `${count} people in the visit`,
  closePanel: "Close",
  somebody: "somebody",
  role: (party: Party) => roles[party],
  notConnected: "not connected",
  isMuted: "muted",
  talks: "is talking",
  pin: (name: string) => `Make ${name} large`,
  unpin: "Make all the same size",
  screenOf: (name: string) => `${name} is sharing a screen`,
  keysTitle: "Keys",
  keys: [
    { key: "M", does: "Mute or unmute", hostsOnly: false },
    { key: "V", does: "Camera on or off", hostsOnly: false },
    { key: "C", does: "Open or close the chat", hostsOnly: false },
    { key: "P", does: "Open or close the list of people", hostsOnly: true },
    { key: "Esc", does: "Close what is open", hostsOnly: false },
    { key: "?", does: "Show these keys", hostsOnly: false },
  ],
  keysSay: "Letters work anywhere but where you write.",

  alonePatient: (name: string) => ({
    title: `${capital(name)} is not here yet`,
    say: "Please stay. The visit goes on by itself.",
  }),
  left: (name: string) => ({
    title: `${capital(name)} left the visit`,
    say: `You can wait here in case ${name} comes back.`,
  }),
  comingBack: (name: string) => ({
    title: `${capital(name)} lost the connection`,
    say: "Please stay. They can come back.",
  }),
  othersCameraOff: (name: string) => ({
    title: `${capital(name)} has no camera on`,
    say: "You can hear each other.",
  }),
  aloneClinician: { title: "The patient is not here yet", say: "You will hear a soft note when they come." },

  back: "Getting you back",
  backSay: "Your place is kept. You don’t need to do anything.",
  backFor: "Trying for",
  backLong: (number: string) => `Still away. You can go on by phone: ${number}`,

  isWaiting: (name: string) => `${name} is waiting`,
  remove: "Remove",
  trouble: {
    remove: "That did not work. Press Remove again.",
  },

  askLeave: { title: "Leave the visit?", say: "You can come back with the same link on this device." },
  askEnd: { title: "End the visit for all?", say: "Everybody leaves, and the links stop working." },
  askRemove: (name: string) => ({
    title: `Remove ${name} from the visit?`,
    say: "They can’t come back unless you admit them again.",
  }),
  stay: "Stay",
  close: "Done",
  deviceTitle: "Camera and sound",
} as const;

const afterTitles: Record<EndReason, string> = {
  over: "Your visit has ended",
  left: "You left the visit",
  removed: "You were taken out of the visit",
  elsewhere: "You joined from another place",
  full: "The visit is full",
  cancelled: "This visit was cancelled",
  "at-desk": "This visit is answered at your desk",
  failed: "We could not get you in",
  link: "This link opens nothing now",
};

export const afterWords = {
  title: (reason: EndReason) => afterTitles[reason],
  say: {
    left: "Cut off too soon? You can go back while the visit is open.",
    removed: "Call your clinic if you think that was a mistake.",
    elsewhere: "Your visit goes on in another tab or on another device of yours.",
    full: "Nobody else can come in now. Call your clinic.",
    cancelled: "Call your clinic to find another time.",
    "at-desk": "Open your desk to answer it. Your link is not used up.",
    failed: "Something went wrong on our side. Your link still works on this device.",
  },
  talked: (name: string) => ({ before: `You and ${name} talked for `, after: "," }),
  minutes: (count: number) => (count === 1 ? "1 minute" : `${count} minutes`),
  fromTo: (from: string, to: string) => ` from ${from} to ${to}.`,
  linkDone: "Your link can’t be used again.",
  next: "What happens next",
  notes: (name: string) => `${name} will tell you how to get your notes.`,
  questions: "Questions? Call the clinic at",
  goBack: "Go back to the visit",
  endNotTold: "The visit may still be open for others. We could not reach the server.",
  endAgain: "End it again",
} as const;
