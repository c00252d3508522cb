/** One HTTP request as the laptop cloud's front door hands it on: header names in lower case, body whole and bounded. */
export type ApiRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  body: Uint8Array;
};

export type ApiResponse = { status: number; headers?: Record<string, string>; body?: string | Uint8Array };
