import type { Quality } from "@/lib/call/call-state";

/** Part of the one catalogue (see en.ts): how the connection is, in words, and what to do. */
const qualities: Record<Quality, { word: string; say: string }> = {
  good: { word: "Good", say: "Picture and sound get through well." },
  fair: { word: "Fair", say: "Most of it gets through. The picture may stop for a moment." },
  weak: { word: "Weak", say: "Some sound and picture gets lost on the way." },
  bad: { word: "Very weak", say: "So much gets lost that words may break up." },
  none: { word: "No signal", say: "We are getting you back. You don’t need to do anything." },
};

export const lineWords = {
  quality: (quality: Quality) => qualities[quality].word,
  say: (quality: Quality) => qualities[quality].say,
  /** Spoken of the button in the head. */
  button: (quality: Quality) => `Connection: ${qualities[quality].word}. What to do`,
  title: "Your connection",
  helps: "What helps",
  steps: [
    "Move closer to your Wi-Fi, or use a cable.",
    "Close other programs and tabs that use the internet.",
    "Ask others at home to stop films and games for a while.",
    "Turn your camera off. The sound gets clearer.",
  ],
  soundOnly: "Use sound only",
  picturesBack: "Bring pictures back",
  close: "Done",
  weak: {
    title: "Your connection is weak.",
    say: "Move closer to your Wi-Fi, or turn your camera off to keep the sound clear.",
  },
  notNow: "Not now",
  turnCameraOff: "Turn camera off",
  byLine: {
    title: "Sound only for now.",
    say: "Your connection is too weak for pictures. We turned them off to keep the sound.",
  },
  byChoice: { title: "Sound only.", say: "You turned pictures off. The sound goes on." },
  better: { title: "Your connection is better now.", say: "You can have pictures again." },
  otherWeak: (name: string) => ({
    title: `${name} has a weak connection.`,
    say: "The picture may stop. Speak slowly, one at a time.",
  }),
  noPictures: { title: "Pictures are off", say: "You can hear each other." },
} as const;
