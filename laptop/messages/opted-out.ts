/** The vendor's own list of numbers that want no texts (a network's block, say): refused until a test takes them off. Whoever answers STOP is heeded by the subscriber. */
export type OptedOut = {
  has(number: string): boolean;
  add(number: string): void;
  remove(number: string): void;
  list(): string[];
};

export const normalNumber = (number: string) => (number.startsWith("+") ? number : `+${number}`);

export function openOptedOut(options: { load: unknown; save: (numbers: string[]) => void }): OptedOut {
  const numbers = new Set((options.load as string[] | undefined) ?? []);
  const changed = () => options.save([...numbers]);
  return {
    has: (number) => numbers.has(normalNumber(number)),
    add(number) {
      numbers.add(normalNumber(number));
      changed();
    },
    remove(number) {
      numbers.delete(normalNumber(number));
      changed();
    },
    list: () => [...numbers],
  };
}
