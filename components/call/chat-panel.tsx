import { type FormEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import type { Chat } from "@/lib/call/chat/chat";
import { type ChatLine, lineMax } from "@/lib/call/chat/chat-state";
import { piecesOf } from "@/lib/call/chat/links";
import { chatWords } from "../messages/call-words";
import { Icon } from "./call-icon";
import { Panel } from "./panel";

export function useChat(chat: Chat) {
  return useSyncExternalStore(chat.subscribe, chat.state, chat.state);
}

/** Words beside the visit. Whether they are kept is said at its head. */
export function ChatPanel(props: {
  chat: Chat;
  title: string;
  /** With the visit's record. */
  kept: boolean;
  nameOf: (who: string) => string;
  close: () => void;
}) {
  const { chat } = props;
  const { lines, trouble, leftOut, unkept } = useChat(chat);
  const [text, setText] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => {
    chat.show(true);
    field.current?.focus();
    return () => chat.show(false);
  }, [chat]);
  const last = lines.at(-1)?.id;
  useEffect(() => {
    if (last !== undefined) list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [last]);

  function send(event?: FormEvent) {
    event?.preventDefault();
    if (text.trim() !== "" && chat.write(text)) setText("");
    field.current?.focus();
  }

  const left = lineMax - [...text].length;
  return (
    <Panel title={props.title} close={props.close} closeWord={chatWords.close}>
      <ul className="chat" ref={list}>
        <li className="small hint centred">{props.kept ? chatWords.kept : chatWords.goesAway}</li>
        {lines.map((line) => (
          <Line
            key={line.id}
            line={line}
            name={line.from === "me" ? chatWords.you : props.nameOf(line.from)}
          />
        ))}
        {unkept ? <li className="small hint centred">{chatWords.unkept}</li> : null}
        {leftOut ? <li className="small hint centred">{chatWords.leftOut}</li> : null}
      </ul>
      <form className="chat__write" onSubmit={send}>
        <label className="vh" htmlFor={id}>
          {chatWords.label}
        </label>
        <textarea
          ref={field}
          className="input"
          id={id}
          rows={1}
          value={text}
          maxLength={lineMax}
          placeholder={chatWords.placeholder}
          aria-describedby={trouble ? `${id}-trouble` : undefined}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
          }}
        />
        <button type="submit" className="btn">
          <Icon name="send" />
          <span className="chat__send">{chatWords.send}</span>
        </button>
        {left < 80 ? <p className="small hint chat__left">{chatWords.left(left)}</p> : null}
        {trouble ? (
          <p className="field__error chat__left" id={`${id}-trouble`} role="alert">
            {chatWords.trouble[trouble]}
          </p>
        ) : null}
      </form>
    </Panel>
  );
}

function Line({ line, name }: { line: ChatLine; name: string }) {
  const mine = line.from === "me";
  return (
    <li className={mine ? "bubble bubble--me" : "bubble"}>
      <span className={mine ? "vh" : "bubble__who"}>{name}: </span>
      {piecesOf(line.text).map((piece, index) =>
        piece.href ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one line never change places
          <a key={index} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
            <span className="vh">{chatWords.opensElsewhere}</span>
          </a>
        ) : (
          piece.text
        ),
      )}
    </li>
  );
}
