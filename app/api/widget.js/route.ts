import { endpoint } from "@/lib/http/endpoint";

export const GET = endpoint({
  route: "GET /api/widget.js",
  summary: "The script of `<vouchsafe-call>`, for pages of registered sites.",
  details:
    'A classic script: `<script src="…/api/widget.js" async></script>`. It keeps nothing and sends nothing by itself.',
  answer: { media: "text/javascript", holds: "The script, under 6 kB compressed, in every language." },
  run: async () => {
    const { widgetScript } = await import("@/components/widget/built");
    return new Response(widgetScript, {
      headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "public, max-age=600" },
    });
  },
});
