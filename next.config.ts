import path from "node:path";
import type { NextConfig } from "next";

const inlineLoader = path.resolve(import.meta.dirname, "scripts/build/inline.mjs");
/** `import text from "./x.css?inline"`: a style or a script that stands in the page itself. */
const inline = [
  {
    condition: { all: [{ query: "?inline" }, { not: "browser" as const }] },
    loaders: [inlineLoader],
    as: "*.js",
  },
  {
    condition: { all: [{ query: "?inline" }, "browser" as const] },
    loaders: [{ loader: inlineLoader, options: { browser: true } }],
    as: "*.js",
  },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` judges the types; a person's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  turbopack: {
    root: path.resolve(import.meta.dirname),
    resolveAlias: {
      // All that next-intl's own plugin would do for us.
      "next-intl/config": "./app/request-words.ts",
      long: { browser: "./scripts/build/no-long.mjs" },
    },
    rules: { "*.ts": inline, "*.css": inline },
  },
  serverExternalPackages: ["postgres", "pino", "rate-limiter-flexible", "jose"],
  experimental: { serverActions: { bodySizeLimit: "64kb" } },
  // Seeds 0 and 2 name these doors without `/api`.
  rewrites: async () => [
    { source: "/start-call", destination: "/api/start-call" },
    { source: "/rooms", destination: "/api/rooms" },
    { source: "/rooms/:roomId/join", destination: "/api/rooms/:roomId/join" },
  ],
  // The rest of the answers get theirs from middleware.ts.
  headers: async () => [
    {
      source: "/_next/static/:path*",
      headers: [{ key: "X-Content-Type-Options", value: "nosniff" }],
    },
    {
      source: "/fonts/:path*",
      headers: [
        { key: "Cache-Control", value: "public, max-age=31536000, immutable" },
        { key: "X-Content-Type-Options", value: "nosniff" },
      ],
    },
  ],
};

export default config;
