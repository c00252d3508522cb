/** At least this loud is somebody who speaks (RFC 6464: minus dBov, smaller is louder); rooms hum below it. */
const speechLevel = 50;
/** A cough is shorter. */
const beginsAfterMs = 300;
/** People pause for breath; only after this is a sentence over. */
const endsAfterMs = 800;
/** A sentence that goes on is cut, as recognisers do, so that readers get along. */
const longestMs = 10_000;
/** How often one that goes on is told again. */
const againEveryMs = 1_000;

/** A stretch of speech. Times are milliseconds since 1970; `number` is the same while it grows. */
export type Stretch<Who> = {
  speaker: Who;
  number: number;
  startMs: number;
  endMs: number;
  isPartial: boolean;
};
type Open = { number: number; startMs: number; heardMs: number; toldMs: number };

/**
 * Who speaks, and from when until when: all that can be known of speech without a recogniser. It hears no words, and so it makes none up.
 */
export class NoticeSpeech<Who> {
  private readonly open = new Map<Who, Open>();
  private next = 1;

  /** Called some times a second. @param levels the loudest of each since the last call; whoever is not in it is silent. */
  hear(levels: ReadonlyMap<Who, number>, nowMs: number): Stretch<Who>[] {
    for (const [speaker, level] of levels) {
      if (level > speechLevel) continue;
      const stretch = this.open.get(speaker);
      if (stretch) stretch.heardMs = nowMs;
      else this.open.set(speaker, { number: 0, startMs: nowMs, heardMs: nowMs, toldMs: 0 });
    }
    return [...this.open].flatMap(([speaker, stretch]) => this.tell(speaker, stretch, nowMs));
  }

  private tell(speaker: Who, stretch: Open, nowMs: number): Stretch<Who>[] {
    const over = nowMs - stretch.heardMs >= endsAfterMs || nowMs - stretch.startMs >= longestMs;
    if (over) this.open.delete(speaker);
    if (stretch.number === 0) {
      if (over || stretch.heardMs - stretch.startMs < beginsAfterMs) return [];
      stretch.number = this.next++;
    } else if (!over && nowMs - stretch.toldMs < againEveryMs) return [];
    stretch.toldMs = nowMs;
    const { number, startMs, heardMs } = stretch;
    return [{ speaker, number, startMs, endMs: heardMs, isPartial: !over }];
  }
}
