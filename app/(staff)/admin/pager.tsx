import Link from "next/link";

type Props = { first: string | null; firstWord: string; next: string | null; nextWord: string };

/** Where a list goes on, and back to where it begins; nothing where it is whole. */
export function Pager({ first, firstWord, next, nextWord }: Props) {
  if (!first && !next) return null;
  return (
    <div className="pager">
      {first ? (
        <Link className="btn btn--quiet" href={first} scroll={false}>
          {firstWord}
        </Link>
      ) : null}
      {next ? (
        <Link className="btn btn--quiet" href={next} scroll={false}>
          {nextWord}
        </Link>
      ) : null}
    </div>
  );
}
