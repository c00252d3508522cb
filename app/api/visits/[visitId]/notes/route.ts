import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { readNotes } from "@/lib/visits/read-complaint";
import { writeNotes } from "@/lib/visits/write-notes";

/** GET /api/visits/:visitId/notes: the clinician's notes, for who may write them. Reading is recorded. */
export const GET = endpoint({
  route: "GET /api/visits/[visitId]/notes",
  run: ({ deps, actor, params }) => readNotes(deps, { actor, visitId: params.visitId! }),
});

/** POST /api/visits/:visitId/notes: keeps them as they stand, in mid-visit or after. */
export const POST = endpoint({
  route: "POST /api/visits/[visitId]/notes",
  body: z.object({ notes: z.string().max(20_000) }),
  run: ({ deps, actor, params, body }) => writeNotes(deps, { actor, visitId: params.visitId!, ...body }),
});
