import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = { "@": path.resolve(import.meta.dirname) };
const media = "laptop/chime/**/*.wire.test.ts";

/**
 * unit: beside the file, no outside process. db: `*.db.test.ts`, on a real Postgres as the application role
 * (its addresses are set by scripts/test/database.ts). wire: adapters against the laptop cloud
 * over the wire; each suite starts its own copy on a free port. media: those of its calls, which measure time.
 */
export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: ["**/node_modules/**", "**/*.db.test.ts", "**/*.wire.test.ts", ".next/**"],
          // Ten thousand cases take a while on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "wire",
          include: ["**/*.wire.test.ts"],
          exclude: ["**/node_modules/**", media],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "media",
          include: [media],
          exclude: ["**/node_modules/**"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: ["**/node_modules/**"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
