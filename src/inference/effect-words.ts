import { percentText } from "../core/number-text.js";

/** Cohen's (1988) marks for a share of variation: below 1 % negligible, then small, medium from 6 %, large from 14 %. */
const varianceMarks = [0.01, 0.06, 0.14] as const;

/** "medium: 8.1 % of the variation lies between the groups". `what` is "variation", or "variation of ranks". */
export function varianceWords(share: number, what: string = "variation"): string {
  return `${sizeWord(share, varianceMarks)}: ${percentText(share)} of the ${what} lies between the groups`;
}

/** negligible, small, medium or large: where the size stands against three marks. */
export function sizeWord(value: number, marks: readonly [number, number, number]): string {
  const size = Math.abs(value);
  if (size < marks[0]) return "negligible";
  if (size < marks[1]) return "small";
  return size < marks[2] ? "medium" : "large";
}

/** The scale line of every share-of-variation effect. */
export const varianceScale: string = "0 to 1, higher: more of the variation lies between the groups";
