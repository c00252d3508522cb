import { silenceLevel } from "../chime/rtp/packet";

/** Quieter than this is no voice. −dBov. */
const voice = 50;
/** Of a new packet in what somebody's loudness is: some 200 ms count. */
const weight = 0.1;
/** Who sent no sound for this long is not speaking. */
const quietMs = 400;
/** Whoever sent no picture for this long shows none. */
const darkMs = 2_000;
/** Somebody else must be this much louder, and for this long: a cough changes no picture. */
const louderBy = 3;
const louderForMs = 1_000;

type Person = { level: number; heardAtMs: number; seenAtMs: number };

/** Whose picture stands for the meeting: whoever speaks, of those who show one. Times in milliseconds, of one clock. */
export class ActiveSpeaker {
  private readonly people = new Map<string, Person>();
  private current: string | null = null;
  private rival: { id: string; sinceMs: number } | null = null;

  /** @param level minus dBov. */
  heard(id: string, level: number, nowMs: number): void {
    const person = this.of(id);
    const before = nowMs - person.heardAtMs > quietMs ? silenceLevel : person.level;
    person.level = before + (level - before) * weight;
    person.heardAtMs = nowMs;
  }

  seen(id: string, nowMs: number): void {
    this.of(id).seenAtMs = nowMs;
  }

  /** Null until somebody shows a picture. Where nobody does any more: who did last. */
  choose(nowMs: number): string | null {
    const showing = [...this.people].filter(([, { seenAtMs }]) => nowMs - seenAtMs < darkMs);
    const [loudest] = showing
      .map(([id, person]) => ({ id, level: levelOf(person, nowMs) }))
      .sort((a, b) => a.level - b.level);
    if (!loudest) return this.current;
    if (!showing.some(([id]) => id === this.current)) return this.turnTo(loudest.id);
    const present = levelOf(this.of(this.current!), nowMs);
    if (loudest.id === this.current || loudest.level > voice || loudest.level > present - louderBy) {
      this.rival = null;
      return this.current;
    }
    if (this.rival?.id !== loudest.id) this.rival = { id: loudest.id, sinceMs: nowMs };
    return nowMs - this.rival.sinceMs >= louderForMs ? this.turnTo(loudest.id) : this.current;
  }

  private turnTo(id: string): string {
    this.rival = null;
    this.current = id;
    return id;
  }

  private of(id: string): Person {
    let person = this.people.get(id);
    if (!person) {
      const never = Number.NEGATIVE_INFINITY;
      person = { level: silenceLevel, heardAtMs: never, seenAtMs: never };
      this.people.set(id, person);
    }
    return person;
  }
}

const levelOf = ({ level, heardAtMs }: Person, nowMs: number) =>
  nowMs - heardAtMs > quietMs ? silenceLevel : level;
