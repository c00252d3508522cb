const unit = (tag: string, name: "minute" | "second", value: number) =>
  new Intl.NumberFormat(tag, { style: "unit", unit: name, unitDisplay: "short" }).format(value);

/** Seconds in the reader's words: `7 sec`, `3 min 20 sec`. */
export function lasted(seconds: number, tag: string): string {
  const whole = Math.round(seconds);
  if (whole < 60) return unit(tag, "second", whole);
  const rest = whole % 60;
  const minutes = unit(tag, "minute", Math.floor(whole / 60));
  return rest === 0 ? minutes : `${minutes} ${unit(tag, "second", rest)}`;
}
