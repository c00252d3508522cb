import { z } from "zod";
import { id, time } from "@/lib/http/answers/common";
import { endpoint } from "@/lib/http/endpoint";
import { refusals } from "@/lib/http/refusal-sets";
import { readNotes } from "@/lib/visits/read-complaint";
import { writeNotes } from "@/lib/visits/write-notes";

export const GET = endpoint({
  route: "GET /api/visits/[visitId]/notes",
  summary: "The clinician's notes, for who may write them.",
  details: "Reading is recorded.",
  answer: z.object({ clinicalNotes: z.string().nullable() }),
  refuses: [...refusals.visit],
  run: ({ deps, actor, params }) => readNotes(deps, { actor, visitId: params.visitId! }),
});

export const POST = endpoint({
  route: "POST /api/visits/[visitId]/notes",
  summary: "Keeps the clinician's notes as they stand, in mid-visit or after.",
  answer: z.object({ visitId: id, savedAt: time }),
  refuses: [...refusals.visit],
  body: z.object({ notes: z.string().max(20_000) }),
  run: ({ deps, actor, params, body }) => writeNotes(deps, { actor, visitId: params.visitId!, ...body }),
});
