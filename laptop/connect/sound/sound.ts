import type { Contact } from "../contacts";
import type { Sound } from "../flow/host";
import { openKeypad } from "./keypad";
import { type AudioLine, frameMs, type OpenLine } from "./line";
import { chime, holdMusic } from "./tones";

export type { OpenLine } from "./line";

/** Nobody speaks on a laptop: words are shown for as long as they would take to say. */
const wordMs = 350;
const wordsMinMs = 1_500;
const musicMs = 24_000;
/** What is said waits for the caller's ears so long. */
const patienceMs = 10_000;
const lookEveryMs = 50;

const spokenMs = (text: string) => Math.max(wordsMinMs, text.split(/\s+/).length * wordMs);

/**
 * What one caller hears: a chime before words, and music. Words themselves go to `words`, as captions (decision 0035). It joins the
 * meeting at the first sound, and hears keys there. A contact with video has its own waiting page, which shows who is in the
 * meeting: there captions are all.
 */
export function openSound(options: {
  contact: Contact;
  words: (text: string | null) => void;
  press: (key: string) => void;
  openLine: OpenLine;
  /** The one prompt that there is. */
  musicArn: string;
  now: () => number;
  log: (line: object) => void;
}): Sound {
  const { contact, now } = options;
  let line: AudioLine | null = null;
  let isOpening = false;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let frames: { list: Int16Array[]; next: number; rounds: boolean } | null = null;
  let pump: NodeJS.Timeout | undefined;

  async function join(): Promise<void> {
    if (line || isOpening || contact.allowed.customerVideo || contact.allowed.agentVideo) return;
    isOpening = true;
    try {
      const opened = await options.openLine(contact.meeting.MeetingId, { externalUserId: "connect-prompts" });
      if (isClosed) return opened.close();
      opened.onSound(openKeypad(options.press));
      opened.onEnd(() => {
        line = null;
      });
      line = opened;
    } catch (cause) {
      // The flow goes on: captions and keys by the Participant Service need no line.
      options.log({ level: "warn", connect: "no line into the meeting", fault: String(cause) });
    } finally {
      isOpening = false;
    }
  }

  function write(): void {
    const frame = frames?.list[frames.next];
    if (!frames || !frame) return;
    line?.write(frame);
    frames.next = frames.rounds ? (frames.next + 1) % frames.list.length : frames.next + 1;
  }

  function play(list: Int16Array[], rounds: boolean): void {
    frames = { list, next: 0, rounds };
    pump ??= setInterval(write, frameMs);
  }

  function stop(): void {
    clearTimeout(timer);
    clearInterval(pump);
    pump = undefined;
    frames = null;
  }
  function hush(): void {
    stop();
    options.words(null);
  }

  return {
    say(said, done) {
      stop();
      if ("promptId" in said && said.promptId !== options.musicArn) {
        timer = setTimeout(() => done(false), 0);
        return;
      }
      const isMusic = "promptId" in said;
      options.words(isMusic ? "♪ Music" : said.text);
      void join();
      const asked = now();
      const begin = () => {
        if (contact.customerSeenAt === null && now() - asked < patienceMs) {
          timer = setTimeout(begin, lookEveryMs);
          return;
        }
        play(isMusic ? holdMusic() : chime(), isMusic);
        timer = setTimeout(() => done(true), isMusic ? musicMs : spokenMs(said.text));
      };
      begin();
    },
    hush,
    close() {
      isClosed = true;
      hush();
      line?.close();
      line = null;
    },
  };
}
