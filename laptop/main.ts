import { startLaptop } from "./server";
import { readSettings } from "./settings";

const log = (line: object) => void process.stderr.write(`${JSON.stringify(line)}\n`);

try {
  const laptop = await startLaptop(readSettings(process.env), log);
  process.stdout.write(`${JSON.stringify({ ready: true, url: laptop.url })}\n`);
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void laptop.close().then(() => process.exit(0));
    });
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  process.stderr.write(
    `${code === "EADDRINUSE" ? "The laptop cloud's port is taken. Set LAPTOP_PORT to another." : message}\n`,
  );
  process.exit(1);
}
