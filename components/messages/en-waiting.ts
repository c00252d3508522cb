/** Part of the one catalogue (see en.ts): the waiting room, at both of its sides. No name of a patient, no reason. */
export const waitingWords = {
  /** Only while the clinician's own page is connected to the visit. */
  knows: (name: string) => `${name} knows you are here`,
  notYet: "You are in the waiting room",
  notYetSay: (name: string) => `${name} is not here yet. You will be seen as soon as ${name} comes.`,
  chime: (name: string) => `You will hear a chime when ${name} lets you in. Please keep this page open.`,
  prepare: {
    title: "While you wait",
    items: [
      "Have your medicines near you, or a list of them.",
      "Write down what you want to ask.",
      "Sit where it is quiet and your face is in the light.",
      "Keep your phone or computer plugged in.",
    ],
  },
  askLeave: {
    title: "Leave the waiting room?",
    say: "You lose your place in line. You can come back with the same link on this device.",
  },
  leave: "Leave the waiting room",
  stay: "Stay",

  isWaiting: (name: string) => `${name} is waiting`,
  justCame: "just came",
  forMinutes: (minutes: number) => `for ${minutes} min`,
  admit: "Admit",
  admitting: "Admitting…",
  sendAway: "Remove",
  sendAwayPerson: (name: string) => ` ${name}`,
  askSendAway: (name: string) => ({
    title: `Remove ${name} from the waiting room?`,
    say: "They are told to call the clinic. You can still admit them later.",
  }),
  trouble: {
    admit: "That did not work. Press Admit again.",
    remove: "That did not work. Press Remove again.",
  },
  knockOn: "Sound when somebody waits",
  notify: "Tell me when this window is hidden",
  notifyRefused: "Your browser does not let us tell you. The tab’s title shows who waits.",
  notification: { title: "Somebody is waiting", say: "Open your visit to let them in." },
} as const;
