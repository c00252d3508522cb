import { expect, test } from "vitest";
import { chromeIntent, placeOf, systemOf } from "./permission-advice";

const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const mac =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15";
const pixel = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [`${iphone} Version/18.1 Mobile/15E148 Safari/604.1`, 5, "safari-ios"],
  [`${iphone} CriOS/130.0 Mobile/15E148 Safari/604.1`, 5, "chrome-ios"],
  [`${iphone} Mobile/15E148`, 5, "in-app-ios"],
  [`${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/480]`, 5, "in-app-ios"],
  [mac, 5, "safari-ios"],
  [mac, 0, "safari-mac"],
  [`${pixel} Chrome/130.0 Mobile Safari/537.36`, 5, "chrome-android"],
  [
    "Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    5,
    "in-app-android",
  ],
  [`${pixel} SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36`, 5, "samsung"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", 0, "firefox"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0", 0, "edge"],
  ["Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36", 0, "chrome"],
  ["Mozilla/5.0 (Android 15; Mobile; rv:132.0) Gecko/132.0 Firefox/132.0", 5, "firefox-android"],
  [`${iphone} Mobile/15E148 Twitter for iPhone/10.6`, 5, "in-app-ios"],
  [`${pixel} Chrome/130.0 Mobile Safari/537.36 Instagram 350.0`, 5, "in-app-android"],
  ["", 0, "other"],
] as const)("%s gets the steps of its own browser", (userAgent, touch, place) => {
  expect(placeOf(userAgent, touch)).toBe(place);
});

test("from inside an app on Android the same link is opened in Chrome, and here again where there is none", () => {
  expect(chromeIntent("https://visit.clinic.example/j/a2b3c4d5")).toBe(
    "intent://visit.clinic.example/j/a2b3c4d5#Intent;scheme=https;package=com.android.chrome;S.browser_fallback_url=https%3A%2F%2Fvisit.clinic.example%2Fj%2Fa2b3c4d5;end",
  );
});

test("a system is read from what the browser says of itself, a touch screen telling an iPad from a Mac", () => {
  expect(systemOf(mac)).toBe("mac");
  expect(systemOf("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36")).toBe("windows");
  expect(systemOf(mac, 5)).toBe("ios");
  expect(systemOf(iphone)).toBe("ios");
});
