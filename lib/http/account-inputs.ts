import { z } from "zod";

/** The fields of seed 3's bodies, once. What an address or a password must be like is the use case's to say: one answer for all that cannot be. */
export const email = z
  .string()
  .trim()
  .min(1)
  .max(320)
  .meta({ examples: ["user@example.com"] });
export const password = z
  .string()
  .min(1)
  .max(256)
  .meta({ examples: ["SecurePass123!"] });
export const name = z
  .string()
  .trim()
  .max(100)
  .meta({ examples: ["John"] })
  .transform((text) => text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ""))
  .optional();
/** Six digits, as somebody may type or paste them. */
export const code = z
  .string()
  .max(32)
  .meta({ examples: ["123456"] })
  .transform((text) => text.replace(/[\s-]/g, ""))
  .pipe(z.string().min(1));
/** One of ten that `/account` makes. */
export const recoveryCode = z
  .string()
  .min(1)
  .max(64)
  .meta({ examples: ["K7QPD-M2XWR"] });
