import type { SearchProgress } from "../workbook/find-segments.js";
import type { Surroundings } from "./command.js";
import { durationText } from "./duration-text.js";

const stageWords: Readonly<Record<SearchProgress["stage"], string>> = {
  count: "measuring every count",
  verdict: "judging beside group-free copies",
  fence: "drawing customers anew",
};

/** Returns what a search calls on its way: keeps one line per stage that has begun, with the time left of the last one. */
export function watchSearch({
  progress,
  now,
}: Pick<Surroundings, "progress" | "now">): (step: SearchProgress) => void {
  const width = Math.max(...Object.values(stageWords).map(({ length }) => length)) + 2;
  const done: string[] = [];
  let current: { readonly stage: SearchProgress["stage"]; readonly since: number } | undefined;
  return (step) => {
    if (current?.stage !== step.stage) {
      if (current !== undefined) done.push(`${stageWords[current.stage].padEnd(width)}done`);
      current = { stage: step.stage, since: now() };
    }
    const words = stageWords[step.stage].padEnd(width);
    progress(...done, `${words}${shareText(step)}${leftText(step, now() - current.since)}`);
  };
}

function shareText({ done, total }: SearchProgress): string {
  return `${Math.floor((100 * done) / Math.max(1, total))} %`;
}

/** Nothing where nothing is done from which to guess. */
function leftText({ done, total }: SearchProgress, milliseconds: number): string {
  if (done === 0 || done >= total) return "";
  return `, about ${durationText((milliseconds / 1000 / done) * (total - done))} left`;
}
