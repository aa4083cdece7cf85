import { RunError } from "../core/errors.js";

const mostSteps = 200;
const precision = 1e-14;

/**
 * The point between `low` and `high` at which a continuous function changes its sign.
 *
 * False position with halved weights (Illinois), and a bisection wherever that stalls; ends within 1e-14 of the point, relative.
 *
 * @throws RunError if the function has the same sign at both ends.
 */
export function findRoot(evaluate: (x: number) => number, low: number, high: number): number {
  let [a, b] = [low, high];
  let [atA, atB] = [evaluate(a), evaluate(b)];
  if (atA === 0) return a;
  if (atB === 0) return b;
  if (atA > 0 === atB > 0) throw new RunError(`findRoot: no change of sign between ${low} and ${high}`);
  let width = Math.abs(b - a);
  for (let step = 0; step < mostSteps; step++) {
    const falsePosition = b - (atB * (b - a)) / (atB - atA);
    const isInside = falsePosition > Math.min(a, b) && falsePosition < Math.max(a, b);
    const middle = isInside && step % 4 !== 3 ? falsePosition : (a + b) / 2;
    const atMiddle = evaluate(middle);
    if (atMiddle === 0) return middle;
    if (atMiddle > 0 === atB > 0) {
      atA /= 2;
    } else {
      a = b;
      atA = atB;
    }
    b = middle;
    atB = atMiddle;
    width = Math.abs(b - a);
    if (width <= precision * Math.abs(b)) return b;
  }
  return b;
}
