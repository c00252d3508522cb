import type { NextConfig } from "next";

/**
 * The anchor: what Next costs with nothing of ours in it. Built in a temporary folder with our node_modules linked in
 * (bench/bare-next.ts): beside our own sources, Next would take our middleware for its own.
 */
const config: NextConfig = { turbopack: { root: "/" }, poweredByHeader: false };
export default config;
