export type Keyword = { ask: "stop" | "start" | "help"; locale: "es" | null };

/** As letters only. The English words are the carriers' (and the FCC's): people of every language use them, so they say nothing of it. */
const words: Record<string, Keyword> = {
  ...of("stop", null, ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"]),
  ...of("stop", "es", ["ALTO", "PARAR", "PARE"]),
  ...of("start", null, ["START", "UNSTOP", "OPTIN"]),
  ...of("start", "es", ["INICIAR", "EMPEZAR", "COMENZAR", "REANUDAR"]),
  ...of("help", null, ["HELP", "INFO"]),
  ...of("help", "es", ["AYUDA"]),
};

function of(ask: Keyword["ask"], locale: Keyword["locale"], list: string[]): Record<string, Keyword> {
  return Object.fromEntries(list.map((word) => [word, { ask, locale }]));
}

/**
 * What a text asks for, when it is one of these words and nothing else: "stop", " Stop. ", "S.T.O.P", "¡ALTO!". A sentence that
 * holds one ("please don't stop") asks for nothing: taking texts away from a patient who needs them is the worse mistake.
 */
export function readKeyword(body: string): Keyword | null {
  const letters = body
    .normalize("NFKD")
    .toUpperCase()
    .replace(/\p{M}/gu, "")
    .replace(/[\s\p{P}\p{S}]/gu, "");
  return Object.hasOwn(words, letters) ? (words[letters] ?? null) : null;
}
