/** Numbers that answered STOP: texts to them are refused until they answer START (or a test takes them off). */
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
