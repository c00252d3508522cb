import { createWriteStream, mkdirSync, renameSync } from "node:fs";
import path from "node:path";
import { errorCode } from "./halt";

/** pino's numbers: warnings and worse reach the terminal, all of it the file. */
const warnLevel = 40;
const burst = 5;
const windowMs = 30_000;

export type ServiceLog = {
  file: string;
  write(line: string): void;
  /** The last lines, for saying why a process ended. */
  tail(): string[];
  close(): void;
};

/** A process's log file (the previous run's is kept as `.old`); `warn` gets the few lines that a person should see. */
export function openServiceLog(folder: string, name: string, warn: (line: string) => void): ServiceLog {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, `${name}.log`);
  keepOld(file);
  const stream = createWriteStream(file, { mode: 0o600 });
  stream.on("error", (error) => warn(`${name}: its log cannot be written: ${error.message}`));
  const recent: string[] = [];
  let windowStart = 0;
  let shown = 0;

  function summarise(line: string): void {
    const message = warningOf(line);
    if (!message) return;
    const now = Date.now();
    if (now - windowStart > windowMs) [windowStart, shown] = [now, 0];
    shown += 1;
    if (shown <= burst) warn(`${name}: ${message}`);
    else if (shown === burst + 1) warn(`${name}: more of this in ${file}`);
  }

  return {
    file,
    write(line) {
      stream.write(`${line}\n`);
      recent.push(line);
      if (recent.length > 30) recent.shift();
      summarise(line);
    },
    tail: () => [...recent],
    close: () => stream.end(),
  };
}

function keepOld(file: string): void {
  try {
    renameSync(file, `${file}.old`);
  } catch (error) {
    if (errorCode(error) !== "ENOENT") throw error;
  }
}

/** The message of a line that warns, or `null`: JSON lines by their level, plain ones by how they begin. */
export function warningOf(line: string): string | null {
  if (line.startsWith("{")) {
    try {
      const entry: unknown = JSON.parse(line);
      if (typeof entry !== "object" || entry === null) return null;
      const { level, msg, err } = entry as { level?: unknown; msg?: unknown; err?: { message?: unknown } };
      const isWarning =
        typeof level === "number" ? level >= warnLevel : level === "warn" || level === "error";
      if (!isWarning) return null;
      return [msg, err?.message].filter((part) => typeof part === "string" && part).join(": ") || line;
    } catch {
      return null; // not JSON after all; it is in the file
    }
  }
  return /^\s*(⨯|\w*Error\b|Uncaught|Unhandled|FATAL)/.test(line) ? line.trim() : null;
}
