import type { EndReason } from "@/lib/call/call-state";
import type { DeviceProblem, Place } from "@/lib/call/permission-advice";

/** Every word that a person with a link reads. Grade 6, "you", what happened and then what to do. No PHI. */
export const words = {
  product: "Vouchsafe",
  needHelp: "Need help now?",
  callNumber: (number: string) => `Call ${number}`,
  emergency: "If this is an emergency, call 911.",
} as const;

export const doorWords = {
  title: "Join your visit",
  heading: { patient: (name: string) => `Your video visit with ${name}`, clinician: "Your video visit" },
  today: (time: string) => `Today, ${time}`,
  tomorrow: (time: string) => `Tomorrow, ${time}`,
  otherDay: (day: string, time: string) => `${day}, ${time}`,
  zoneAndLength: (zone: string, minutes: number) => `${zone} · about ${minutes} minutes`,
  yourVisit: "Your visit",
  unspent: "This link was made for you. Looking around here does not use it up.",
  resumable: "You were in this visit on this device. You can go back in.",
  whatHappens: {
    patient: (name: string) =>
      `First, check your camera and sound. Then join. You wait until ${name} lets you in.`,
    clinician: "Check your camera and sound, then join. The patient waits until you let them in.",
  },
  noScript:
    "Your browser has JavaScript turned off. The visit needs it for picture and sound. Turn it on, or open this link in Chrome or Safari.",
} as const;

export const closedWords = {
  expired: {
    title: "This link has run out",
    say: "Links work for a limited time, to keep your visit private.",
  },
  used: {
    title: "This link was already used",
    say: "It was opened on another phone, computer or browser. If that was you, go back there.",
  },
  revoked: {
    title: "There is a newer link",
    say: "This link was replaced. Look for the newest message from your clinic.",
  },
  cancelled: {
    title: "This visit was cancelled",
    say: "Nobody will be in this visit. Call your clinic to find another time.",
  },
  ended: {
    title: "This visit has ended",
    say: "You don’t need this link any more. For anything else, call your clinic.",
  },
  unknown: {
    title: "We don’t know this link",
    say: "Part of it may be missing. Open the link in your message again, exactly as it was sent.",
  },
  limited: {
    title: "Please wait a moment",
    say: "There were too many tries from your network.",
    wait: (minutes: number) => `Try again in ${minutes} min, or call your clinic.`,
  },
  stillOpen: (name: string, time: string) => ({
    before: `Your visit with ${name} is `,
    strong: `still open until ${time}.`,
  }),
  sendNew: "Send me a new link",
  sending: "Sending…",
  whereItGoes: "It goes to the phone number and email that your clinic has on file. Nobody else can get it.",
  tryAgain: "Try again",
} as const;

export const sentWords = {
  title: "A new link is on its way",
  say: "We sent it to the phone number or email that your clinic has on file. It should be there within a minute.",
  newest: { before: "Use the ", strong: "newest", after: " message. The old link will not work again." },
  nothing: "Nothing after 2 minutes? Ask again, or call us.",
  limited: {
    title: "We have sent you enough links",
    say: (minutes: number) => `Look for the newest message. You can ask again in ${minutes} min.`,
  },
  failed: {
    title: "We could not send a new link",
    say: "Please call your clinic. They can help you right now.",
  },
} as const;

export const previewWords = {
  heading: "How you look and sound",
  why: "We ask for your camera and microphone so that you can check them here first. Nobody else sees or hears you yet.",
  check: "Check camera and microphone",
  asking: "Your browser is asking. Choose “Allow”.",
  pictureHere: "Your picture will show here",
  onlyYou: "Only you can see this now.",
  cameraOff: "Turn camera off",
  cameraOn: "Turn camera on",
  cameraIsOff: "Your camera is off",
  microphone: {
    silent: { head: "We can’t hear you yet", say: "Say a few words. The bar should move." },
    good: { head: "We can hear you", say: "Say a few words. The bar should move." },
    loud: { head: "That is quite loud", say: "Move back a little." },
    clipped: { head: "That is too loud", say: "Move back from the microphone." },
    unasked: { head: "Your microphone", say: "The bar moves when you speak." },
    problem: { head: "No microphone", say: "You can join and listen. Nobody will hear you." },
  },
  level: "Microphone level",
  camera: "Camera",
  mic: "Microphone",
  speaker: "Speaker",
  sound: {
    ask: { head: "Can you hear us?", say: "Play two soft notes to find out." },
    playing: { head: "Playing…", say: "Two soft notes." },
    played: { head: "Did you hear the chime?", say: "If not, turn up the volume on your device." },
    good: { head: "Your sound works", say: "You will hear the visit like this." },
    play: "Play the chime",
    again: "Play again",
    yes: "Yes",
  },
  join: "Join visit",
  rejoin: "Go back to the visit",
  joining: "Joining…",
  soundOnly: "Join with sound only",
  listenOnly: "Join and listen",
  tryAgain: "Try again",
  notLoaded: "The visit could not load. Check your internet, then try again.",
  unnamed: (kind: string, number: number) => `${kind} ${number}`,
  systemSpeaker: "This device’s speaker",
} as const;

type Advice = { title: string; say: string; steps: readonly string[] };
const kinds = { both: "camera and microphone", camera: "camera", microphone: "microphone" } as const;
export type Missing = keyof typeof kinds;
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What to do when a device isn't there, step by step, in the names that this browser itself uses. */
export function deviceAdvice(missing: Missing, problem: DeviceProblem, place: Place): Advice {
  const what = kinds[missing];
  const is = missing === "both" ? "are" : "is";
  switch (problem) {
    case "refused":
      return {
        title: `Your ${what} ${is} off for this page`,
        say: "Your device is keeping things private. Nothing is broken, and your link is not used up. To turn it on:",
        steps: allowSteps(place, missing),
      };
    case "in-use":
      return {
        title: `Another app is using your ${what}`,
        say: "Only one app can use it at a time. Your link is not used up.",
        steps: [
          "Close other calls and camera apps, like Zoom, Teams or FaceTime.",
          "Close other tabs that show your camera.",
          "Come back here and press Try again.",
        ],
      };
    case "none":
      return {
        title: `We can’t find a ${missing === "both" ? "camera or microphone" : what}`,
        say: "Your device has none that we can use.",
        steps: [
          "Plug it in, or switch it on.",
          "If it is wireless, check that it is connected.",
          "Come back here and press Try again.",
        ],
      };
    case "insecure":
      return {
        title: "This page can’t use your camera here",
        say: "Browsers allow it only at a secure address.",
        steps: ["Open the link in your message again.", "Check that the address starts with https."],
      };
    case "failed":
      return {
        title: `Your ${what} did not start`,
        say: "Something on your device stopped it. Your link is not used up.",
        steps: ["Restart your browser.", "Open the link in your message again."],
      };
  }
}

function allowSteps(place: Place, missing: Missing): readonly string[] {
  const which = missing === "both" ? "Camera and Microphone" : capital(kinds[missing]);
  const again = "Come back here and tap Try again.";
  switch (place) {
    case "in-app-ios":
      return ["Tap the share button or the three dots.", "Choose Open in Safari.", "Tap Allow when it asks."];
    case "in-app-android":
      return ["Tap the three dots at the top.", "Choose Open in Chrome.", "Tap Allow when it asks."];
    case "safari-ios":
      return [
        "Tap the page button at the left end of the address bar.",
        "Tap the three dots, then Website Settings.",
        `Set ${which} to Allow.`,
        again,
      ];
    case "chrome-ios":
      return [
        "Open Settings on your phone.",
        "Find your browser in the list of apps.",
        `Turn on ${which}.`,
        again,
      ];
    case "chrome-android":
      return [
        "Tap the button at the left end of the address bar.",
        "Tap Permissions.",
        `Turn on ${which}.`,
        again,
      ];
    case "samsung":
      return [
        "Tap the lock at the left end of the address bar.",
        "Tap Permissions.",
        `Allow ${which}.`,
        again,
      ];
    case "safari-mac":
      return [
        "In the menu bar, choose Safari, then Settings for This Website.",
        `Set ${which} to Allow.`,
        "Come back here and press Try again.",
      ];
    case "firefox":
      return [
        "Press the crossed-out symbol at the left end of the address bar.",
        `Take away the block on ${which}.`,
        "Come back here and press Try again.",
      ];
    case "chrome":
    case "edge":
    case "other":
      return [
        "Press the symbol at the left end of the address bar.",
        `Turn on ${which}.`,
        "Come back here and press Try again.",
      ];
  }
}

export const inAppWords = {
  title: "You are inside another app",
  ios: "Picture and sound work best in Safari. Tap the share button or the three dots, then Open in Safari.",
  android: "Picture and sound work best in Chrome. Tap the three dots, then Open in Chrome.",
} as const;

export const ratherNot = {
  title: "Would you rather not?",
  say: "You can still have your visit.",
  noCamera: "Join with no camera",
} as const;

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

  knows: (name: string) => `${name} knows you are here`,
  waits: (name: string) => `You will hear a chime when ${name} lets you in. Please keep this page open.`,
  waitingSince: "Waiting since",
  lookFine: "You look and sound fine",
  noCamera: "Your camera is off",
  onlyYouBoth: "Only you can see and hear this.",
  longWait: "Waiting longer than 15 minutes?",
  callClinicAt: "Call the clinic at",
  leaveWaiting: "Leave the waiting room",
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
  muted: "You are muted",
  quality: { good: "Good", weak: "Weak", none: "No signal" },

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

  weak: {
    title: "Your connection is weak.",
    say: "Move closer to your Wi-Fi, or turn your camera off to keep the sound clear.",
  },
  notNow: "Not now",
  turnCameraOff: "Turn camera off",
  cameraTrouble: "Your camera did not start. The other side still hears you.",

  isWaiting: (name: string) => `${name} is waiting`,
  since: "since",
  admit: "Admit",
  admitting: "Admitting…",
  remove: "Remove",
  removePerson: (name: string) => `Remove ${name}`,
  trouble: {
    admit: "That did not work. Press Admit again.",
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
