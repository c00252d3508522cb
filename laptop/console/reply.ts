import { jsonHeaders } from "../http/vendor-error";
import type { ApiResponse } from "../wire";

export const json = (value: unknown, status = 200): ApiResponse => ({
  status,
  headers: jsonHeaders("application/json"),
  body: JSON.stringify(value),
});
export const wrong = (message: string) => json({ message }, 400);
export const nothing = () => json({ message: "The laptop cloud has nothing here." }, 404);
