import { createHash } from "node:crypto";
import { eq, ne } from "drizzle-orm";
import type { Db, Tx } from "@/db/as-actor";
import { clinicLogos, clinics } from "@/db/schema";
import { recordAudit } from "@/lib/audit/record";
import type { Env } from "@/lib/env";
import type { Actor } from "@/lib/kernel/actor";
import type { Clock } from "@/lib/kernel/clock";
import { type Hex, isReadable, readable, readHex } from "@/lib/kernel/palette";
import { cleanPng, type Png, type PngFlaw } from "@/lib/kernel/png";
import { err, ok, type Result } from "@/lib/kernel/result";
import { type Forbidden, mayChange } from "./change-clinic";
import { forgetClinic, readClinic } from "./clinic";

/** `TOO_LIGHT`: words on it could not be read; `instead` is the nearest that would do. */
export type BrandFlaw =
  | { field: "accent"; code: "NOT_A_COLOUR" }
  | { field: "accent"; code: "TOO_LIGHT"; instead: Hex }
  | { field: "logo"; code: PngFlaw };
export type BrandRefusal = Forbidden | { code: "BRAND_REFUSED"; flaws: BrandFlaw[] };
/** `accent` "": our own. `logo`: the file's bytes, `keep` for the one that stands, `none` for ours. */
export type BrandWish = { accent: string; logo: Buffer | "keep" | "none" };

/** Gives the clinic's pages and mails its colour, and its pages its logo. Nothing is changed where either is refused. */
export async function changeBrand(
  deps: { db: Db; clock: Clock; env: Env },
  { actor, accent: typed, logo: given }: BrandWish & { actor: Actor },
): Promise<Result<void, BrandRefusal>> {
  if (!mayChange(actor)) return err({ code: "FORBIDDEN" });
  const flaws: BrandFlaw[] = [];
  const accent = typed.trim() === "" ? null : readHex(typed);
  if (typed.trim() !== "" && !accent) flaws.push({ field: "accent", code: "NOT_A_COLOUR" });
  if (accent && !isReadable(accent))
    flaws.push({ field: "accent", code: "TOO_LIGHT", instead: readable(accent) });
  const picture = typeof given === "string" ? null : cleanPng(given);
  if (picture && !picture.ok) flaws.push({ field: "logo", code: picture.error });
  if (flaws.length > 0) return err({ code: "BRAND_REFUSED", flaws });

  await deps.db.asActor(actor, async (tx) => {
    const { name, phone, quiet } = await readClinic(tx, deps.env);
    const logo = given === "keep" ? null : await putLogo(tx, picture?.ok ? picture.value : null);
    const row = { accent, ...logo, updatedAt: deps.clock.now(), updatedBy: actor.id };
    await tx
      .insert(clinics)
      .values({ id: "main", name, phone, quietFrom: quiet.from, quietTo: quiet.to, ...row })
      .onConflictDoUpdate({ target: clinics.id, set: row });
    await recordAudit(tx, {
      event: "CLINIC_CHANGED",
      actor,
      metadata: { accent, logo: typeof given === "string" ? given : (logo?.logoVersion ?? null) },
    });
  });
  forgetClinic(deps.db);
  return ok(undefined);
}

/** The one logo, or none; those before it go. */
async function putLogo(tx: Tx, picture: Png | null) {
  const version = picture && createHash("sha256").update(picture.bytes).digest("hex").slice(0, 32);
  await tx.delete(clinicLogos).where(version ? ne(clinicLogos.version, version) : undefined);
  if (picture && version)
    await tx.insert(clinicLogos).values({ version, png: picture.bytes }).onConflictDoNothing();
  return {
    logoVersion: version,
    logoWidth: picture?.width ?? null,
    logoHeight: picture?.height ?? null,
  };
}

/** The picture of this version. Null: there is none, or another by now. */
export async function readLogo({ db }: { db: Db }, version: string): Promise<Buffer | null> {
  const [row] = await db.asActor({ kind: "system", name: "door" }, (tx) =>
    tx.select({ png: clinicLogos.png }).from(clinicLogos).where(eq(clinicLogos.version, version)),
  );
  return row?.png ?? null;
}
