import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { BrandProvider } from "@/components/ui/brand";
import { BrandStyle, PageStyle } from "./page-style";
import { requestLanguage } from "./request-language";
import { shownBrand } from "./shown-brand";

// Every page carries a nonce of its own request, so none can be rendered ahead of it.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Vouchsafe", template: "%s · Vouchsafe" },
  description: "Calls that arrive already verified.",
  robots: { index: false, follow: false },
  // iOS would turn times and codes into telephone links.
  formatDetection: { telephone: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#edf1ee" },
    { media: "(prefers-color-scheme: dark)", color: "#0a120f" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [head, { locale, dir }, shown] = await Promise.all([headers(), requestLanguage(), shownBrand()]);
  const nonce = head.get("x-nonce") ?? "";
  return (
    <html lang={locale} dir={dir}>
      <head>
        {/* Here, and not among the metadata: those may come behind the page, and the browser would have asked for a favicon.ico by then. */}
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <PageStyle name="page" nonce={nonce} />
        {shown?.css ? <BrandStyle css={shown.css} nonce={nonce} /> : null}
        <BrandProvider brand={shown?.brand ?? null}>{children}</BrandProvider>
      </body>
    </html>
  );
}
