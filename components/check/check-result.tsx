"use client";

import { useEffect, useRef } from "react";
import { ConnectionRows, type ConnectionWords } from "../connection/connection-rows";
import { Icon, type IconName } from "../ui/icon";
import type { CheckWords } from "./check-words";
import { type Findings, isFine } from "./findings";

const looks = { good: "tick", ask: "tick tick--ask", bad: "tick tick--bad" } as const;

/** What was found, each in words with what to do, and whether staff can see it. */
export function CheckResult(props: {
  found: Findings;
  sent: "sending" | "sent" | "failed";
  words: CheckWords;
  line: ConnectionWords;
  sendAgain: () => void;
  again: () => void;
}) {
  const { found, words, sent } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const fine = isFine(found);
  const whole = fine ? words.allGood : words.someWrong;
  const rows: { name: IconName; look: keyof typeof looks; say: { head: string; say: string } }[] = [
    { name: "camera", look: lookOf(found.camera), say: words.camera[found.camera] },
    { name: "mic", look: lookOf(found.microphone), say: words.microphone[found.microphone] },
    { name: "speaker", look: lookOf(found.speaker), say: words.speaker[found.speaker] },
  ];
  return (
    <section className="card stack" aria-labelledby="result">
      <h2 id="result" ref={heading} tabIndex={-1}>
        {whole.head}
      </h2>
      <p className="soft">{whole.say}</p>
      <ul>
        {rows.map(({ name, look, say }) => (
          <li className="device" key={name}>
            <span className={looks[look]}>
              <Icon name={look === "good" ? "tick" : name} />
            </span>
            <div>
              <b>{say.head}</b>
              <p className="small soft">{say.say}</p>
            </div>
          </li>
        ))}
      </ul>
      <ConnectionRows figures={found} words={props.line} />
      <p role="status" className={sent === "failed" ? "field__error" : "soft"}>
        {sent === "failed" ? words.unsent : sent === "sent" ? words.sent : words.sending}
      </p>
      {sent === "failed" ? (
        <button type="button" className="btn btn--wide" onClick={props.sendAgain}>
          {words.sendAgain}
        </button>
      ) : null}
      <button type="button" className="btn btn--quiet btn--wide" onClick={props.again}>
        <Icon name="again" />
        {words.again}
      </button>
    </section>
  );
}

function lookOf(finding: Findings["camera" | "microphone" | "speaker"]): keyof typeof looks {
  if (finding === "works") return "good";
  return finding === "untried" ? "ask" : "bad";
}
