/**
 * The Participant Service is for pages of every origin, as the vendor's is: what it does takes a participant's token, which no page
 * has by itself. Nothing else of the laptop cloud is.
 */
export const isOpenToPages = (url: string | undefined) => url?.startsWith("/participant/") === true;

export const openHeaders = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "*",
  "access-control-max-age": "600",
};
