import { words } from "../messages/en";
import { Mark } from "./icon";

export function PageTop() {
  return (
    <header className="top">
      <span className="logo">
        <Mark />
        {words.product}
      </span>
    </header>
  );
}
