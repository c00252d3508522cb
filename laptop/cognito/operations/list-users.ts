import { z } from "zod";
import { showAttributes } from "../attributes";
import { poolOf } from "../find";
import { admin, poolId } from "../operation";
import { openPage, pageToken } from "../page";
import { invalidParameter } from "../refuse";
import { describeUser } from "../show";
import type { User } from "../state";

const searchable =
  /^(username|email|phone_number|name|given_name|family_name|preferred_username|cognito:user_status|status|sub)$/;

export const ListUsers = admin(
  z.object({
    UserPoolId: poolId,
    Filter: z.string().max(256).optional(),
    AttributesToGet: z.array(z.string().max(32)).optional(),
    Limit: z.number().int().min(0).max(60).default(60),
    PaginationToken: pageToken.optional(),
  }),
  (cognito, input) => {
    const pool = poolOf(cognito, input.UserPoolId);
    const matching = [...pool.users.values()].filter(readFilter(input.Filter));
    const page = openPage(matching, (user) => user.sub, input.Limit, input.PaginationToken);
    const wanted = input.AttributesToGet;
    const shown = page.items.map(describeUser).map((user) => ({
      ...user,
      Attributes: user.Attributes.filter(({ Name }) => !wanted || wanted.includes(Name)),
    }));
    return { Users: shown, ...(page.next ? { PaginationToken: page.next } : {}) };
  },
);

/** `name = "value"` or `name ^= "value"` (begins with), quotes and backslashes escaped by a backslash. */
export function readFilter(filter: string | undefined): (user: User) => boolean {
  if (!filter?.trim()) return () => true;
  const read = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(filter);
  const [, attribute = "", operator, quoted = ""] = read ?? [];
  if (!read || !searchable.test(attribute)) return invalidParameter("Error while parsing filter");
  const sought = quoted.replace(/\\(.)/g, "$1").toLowerCase();
  return (user) => {
    const value = searchedValue(user, attribute)?.toLowerCase();
    return value !== undefined && (operator === "=" ? value === sought : value.startsWith(sought));
  };
}

function searchedValue(user: User, attribute: string): string | undefined {
  if (attribute === "username") return user.sub;
  if (attribute === "cognito:user_status") return user.status;
  if (attribute === "status") return user.enabled ? "Enabled" : "Disabled";
  return showAttributes(user).find(({ Name }) => Name === attribute)?.Value;
}
