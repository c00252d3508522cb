import { z } from "zod";
import { endpoint } from "@/lib/http/endpoint";
import { answerSound, soundAnswers } from "@/lib/http/recorded-sound";
import * as input from "@/lib/http/visit-inputs";

export const GET = endpoint({
  route: "GET /api/visits/[visitId]/recordings/[recordingId]/sound",
  summary: "The sound of a visit's recording, or a part of it.",
  ...soundAnswers,
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
