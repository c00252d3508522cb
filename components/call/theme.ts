import { lightTheme } from "amazon-chime-sdk-component-library-react";

/**
 * The component library in our tokens. Its own greys fail AA on its own plates, so every colour that its tiles use comes from
 * tokens.css, which also makes it follow the dark theme.
 */
export const callTheme = {
  ...lightTheme,
  fonts: { ...lightTheme.fonts, body: "var(--font)" },
  radii: { ...lightTheme.radii, default: "var(--r3)" },
  colors: {
    ...lightTheme.colors,
    greys: { ...lightTheme.colors.greys, grey100: "var(--stage-2)", white: "var(--on-stage)" },
  },
};
