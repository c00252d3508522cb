import path from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  // `npm run check` judges the types; a person's first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  allowedDevOrigins: ["127.0.0.1", "localhost"],
  turbopack: { root: path.resolve(import.meta.dirname) },
  serverExternalPackages: ["postgres", "pino", "rate-limiter-flexible", "jose"],
  experimental: { serverActions: { bodySizeLimit: "64kb" } },
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
