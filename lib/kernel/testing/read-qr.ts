/** ISO/IEC 18004, versions 1 to 6: bytes in all, and for each level the check bytes of a block and how many blocks there are. */
const bytesInAll = [26, 44, 70, 100, 134, 172];
const levels = {
  1: { check: [7, 10, 15, 20, 26, 18], blocks: [1, 1, 1, 1, 1, 2] },
  0: { check: [10, 16, 26, 18, 24, 16], blocks: [1, 1, 1, 2, 2, 4] },
  3: { check: [13, 22, 18, 26, 18, 24], blocks: [1, 1, 2, 2, 4, 4] },
  2: { check: [17, 28, 22, 16, 22, 28], blocks: [1, 1, 2, 4, 4, 4] },
} as const;
const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];
const quiet = 4;

/** What a camera reads in a code drawn as SVG, a square of one unit for each dark module: by the standard, not by the library that drew it. */
export function readQr(svg: string): string {
  const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const size = width - 2 * quiet;
  const drawn = new Set([...svg.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`));
  const dark = (x: number, y: number) => drawn.has(`${x + quiet},${y + quiet}`);
  const version = (size - 17) / 4;
  if (!(version in bytesInAll) || version < 1) throw new Error(`version ${version}`);
  const format = number(
    [0, 1, 2, 3, 4, 5, 7].map((x) => dark(x, 8)).concat([8, 7, 5, 4, 3, 2, 1, 0].map((y) => dark(8, y))),
  );
  const [level, mask] = [((format ^ 0x5412) >> 13) as keyof typeof levels, ((format ^ 0x5412) >> 10) & 7];
  const bits = path(size, version).map(([x, y]) => dark(x, y) !== masks[mask]?.(x, y));
  const codewords = Array.from({ length: bytesInAll[version - 1] ?? 0 }, (_, at) =>
    number(bits.slice(at * 8, at * 8 + 8)),
  );
  const data = dataOf(
    codewords,
    levels[level].check[version - 1] ?? 0,
    levels[level].blocks[version - 1] ?? 1,
  );
  const stream = data.flatMap((byte) =>
    Array.from({ length: 8 }, (_, bit) => Boolean((byte >> (7 - bit)) & 1)),
  );
  if (number(stream.slice(0, 4)) !== 4) throw new Error("not in bytes");
  const text = Array.from({ length: number(stream.slice(4, 12)) }, (_, at) =>
    number(stream.slice(12 + at * 8, 20 + at * 8)),
  );
  return new TextDecoder().decode(Uint8Array.from(text));
}

const number = (bits: boolean[]) => bits.reduce((all, bit) => all * 2 + Number(bit), 0);

/** Where the data lies: two columns at a time from the right, up and down by turns, around what every code has. */
function path(size: number, version: number): [number, number][] {
  const centre = size - 7;
  const fixed = (x: number, y: number) =>
    (x < 9 && (y < 9 || y >= size - 8)) ||
    (y < 9 && x >= size - 8) ||
    x === 6 ||
    y === 6 ||
    (version > 1 && Math.abs(x - centre) < 3 && Math.abs(y - centre) < 3);
  const cells: [number, number][] = [];
  for (let right = size - 1, up = true; right >= 1; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = up ? size - 1 - step : step;
        if (!fixed(x, y)) cells.push([x, y]);
      }
  }
  return cells;
}

/** Blocks are sent byte by byte in turn; the last ones may be a byte longer. */
function dataOf(codewords: number[], check: number, count: number): number[] {
  const short = Math.floor(codewords.length / count) - check;
  const shorter = count - (codewords.length % count);
  const blocks: number[][] = Array.from({ length: count }, () => []);
  let next = 0;
  for (let at = 0; at <= short; at++)
    for (const [index, block] of blocks.entries())
      if (at < short || index >= shorter) block.push(codewords[next++] ?? 0);
  return blocks.flat();
}
