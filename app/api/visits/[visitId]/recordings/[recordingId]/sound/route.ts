import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { answerSound, filmAnswers } from "@/lib/http/recorded-sound";
import * as input from "@/lib/http/visit-inputs";

export const GET = endpoint({
  route: "GET /api/visits/[visitId]/recordings/[recordingId]/sound",
  summary: "A visit's recording, or a part of it: its sound, or its sound and picture.",
  ...filmAnswers,
  query: z.object({ play: input.personId }),
  run: ({ deps, actor, params, query, request }) =>
    answerSound({
      deps,
      actor,
      request,
      call: { visitId: params.visitId! },
      recordingId: params.recordingId!,
      playId: query.play,
    }),
});
