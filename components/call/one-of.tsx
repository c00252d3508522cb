import { useId } from "react";

/** One of a few, each a large row to press. */
export function OneOf<Name extends string>(props: {
  question: string;
  choices: readonly { name: Name; word: string }[];
  chosen: Name | null;
  choose: (name: Name) => void;
}) {
  const group = useId();
  return (
    <fieldset className="stack stack--tight">
      <legend className="question">{props.question}</legend>
      {props.choices.map(({ name, word }) => (
        <label key={name} className={props.chosen === name ? "choice choice--on" : "choice"}>
          <input
            className="vh"
            type="radio"
            name={group}
            value={name}
            checked={props.chosen === name}
            onChange={() => props.choose(name)}
          />
          <i />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  );
}
