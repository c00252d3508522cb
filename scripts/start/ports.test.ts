import { createServer } from "node:net";
import { expect, test } from "vitest";
import { claimPort, findFreePort, isPortFree } from "./ports";

test("a taken port is named with the setting that moves it", async () => {
  const port = await findFreePort();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, "127.0.0.1", resolve));
  try {
    expect(await isPortFree(port)).toBe(false);
    await expect(claimPort(port, "LAPTOP_PORT", "the laptop cloud")).rejects.toThrow(
      new RegExp(`Port ${port} \\(the laptop cloud\\) is taken.*LAPTOP_PORT=`),
    );
  } finally {
    await new Promise((resolve) => squatter.close(resolve));
  }
});

test("zero asks for any free port", async () => {
  const port = await claimPort(0, "PORT", "the app");
  expect(port).toBeGreaterThan(0);
  expect(await isPortFree(port)).toBe(true);
});

test("a port that no browser opens is refused before anything starts", async () => {
  await expect(claimPort(6000, "PORT", "the app")).rejects.toThrow(
    "Port 6000 (the app) is one that browsers refuse to open. Choose another: PORT=6100 npm start",
  );
});
