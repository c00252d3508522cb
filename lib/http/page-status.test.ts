import { beforeEach, describe, expect, test, vi } from "vitest";
import { letPageSayStatus, sayPageStatus } from "./page-status";

const response = { statusCode: 200, headersSent: false, setHeader: vi.fn() };
const refuse = async () => {
  await Promise.resolve();
  sayPageStatus(429, 60);
};
const asked = (method: string, headers = {}) => letPageSayStatus({ method, headers }, response, refuse);

describe("a page's status", () => {
  beforeEach(() => {
    Object.assign(response, { statusCode: 200, headersSent: false });
    response.setHeader.mockClear();
  });

  test("is what the page says, with when to come again", async () => {
    await asked("GET");
    expect(response.statusCode).toBe(429);
    expect(response.setHeader).toHaveBeenCalledExactlyOnceWith("retry-after", "60");
  });

  test("is a scanner's too, which asks for the head alone", async () => {
    await asked("HEAD");
    expect(response.statusCode).toBe(429);
  });

  test("is not that of a form's answer, nor of what an open page fetches", async () => {
    await asked("POST");
    await asked("GET", { rsc: "1" });
    expect(response.statusCode).toBe(200);
  });

  test("stays when the answer has begun, and where no server listens", async () => {
    response.headersSent = true;
    await asked("GET");
    await refuse();
    expect(response.statusCode).toBe(200);
  });
});
