/** Where a customer goes on after signing in: to the page that sent them, if it is one of their own; a link to the sign-in must not send anybody elsewhere. */
export const ownNext = (next: unknown): "/support" | "/visits" =>
  next === "/support" ? "/support" : "/visits";
