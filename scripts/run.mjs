// The door of `npm start`, `npm run dev` and `npm test`: plain JavaScript, so that an old Node or a missing `npm ci`
// gets one clear line in place of a loader's stack trace. Usage: node scripts/run.mjs <script> [arguments]
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const root = fileURLToPath(new URL("..", import.meta.url));

function halt(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

if (major < 20 || (major === 20 && minor < 11))
  halt(`Vouchsafe needs Node 20.11 or newer; this is ${process.versions.node}.`);
if (!existsSync(new URL("../node_modules/tsx/package.json", import.meta.url)))
  halt("The dependencies are not installed. Run: npm ci");

process.chdir(root);
const { register } = await import("tsx/esm/api");
register();
const [name] = process.argv.splice(2, 1);
await import(new URL(`./${name}.ts`, import.meta.url).href);
