import type { z } from "zod";
import type { RouteName } from "@/lib/auth/access";
import type { ProblemFacts } from "./problem";
import type { ProblemCode } from "./refusal-words";

/** An answer that is no JSON: a file, or a stream. `orMedia`: types that it may be of as well. `each`: what every event of a stream carries as its data. */
export type MediaAnswer = { media: string; orMedia?: readonly string[]; holds: string; each?: z.ZodType };
/** The browser is sent on (303). */
export type MovedAnswer = { moved: string };
export type Answer = z.ZodType | MediaAnswer | MovedAnswer;

/** What `run` may answer with: the schema's own. What is no JSON, it answers as a `Response`. */
export type Answered<A> = A extends z.ZodType ? z.input<A> : never;

/** What a door tells of itself, for the API's document and for the tests that hold its answers against it. */
export type Described = {
  route: RouteName;
  /** One plain sentence: what the call does; the seed and its number where it has one. */
  summary: string;
  /** What else a caller should know. */
  details?: string;
  /** Of a success. */
  answer: Answer;
  /** Of a success; 200 where not given. */
  status?: number;
  /** The same body may come with this status as well. */
  alsoStatus?: number;
  /** For persons alone: an API key is refused, whatever its scopes. */
  persons?: true;
  /** Refusals of the use case's own; those that every door has are known without being told. */
  refuses?: readonly ProblemCode[];
  body?: z.ZodType;
  query?: z.ZodType;
  /** The body is a form that the browser sends by itself, not JSON. */
  form?: true;
  refused?(facts: ProblemFacts): Record<string, unknown>;
};

export const isMedia = (answer: Answer): answer is MediaAnswer => "media" in answer;
export const isMoved = (answer: Answer): answer is MovedAnswer => "moved" in answer;
