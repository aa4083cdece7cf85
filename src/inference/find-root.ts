import { RunError } from "../core/errors.js";

const mostSteps = 100;
const precision = 1e-13;

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The point between `low` and `high` at which a continuous function changes its sign.
 *
 * Inverse quadratic interpolation where three points promise that it gains, bisection else. Ends within 2e-13 of the point, relative
 * to the larger of it and 1.
 *
 * @throws RunError if the function has the same sign at both ends.
 * @see Chandrupatla (1997), doi:10.1016/S0965-9978(96)00051-8
 */
export function findRoot(evaluate: (x: number) => number, low: number, high: number): number {
  let newest: Point = { x: high, y: evaluate(high) };
  let other: Point = { x: low, y: evaluate(low) };
  if (newest.y !== 0 && other.y !== 0 && newest.y > 0 === other.y > 0)
    throw new RunError(`findRoot: function must change its sign, got one sign from ${low} to ${high}`);
  let share = 0.5;
  for (let step = 0; step < mostSteps; step++) {
    const x = newest.x + share * (other.x - newest.x);
    const found: Point = { x, y: evaluate(x) };
    const isSameSide = found.y > 0 === newest.y > 0;
    const third = isSameSide ? newest : other;
    if (!isSameSide) other = newest;
    newest = found;
    const best = Math.abs(other.y) < Math.abs(newest.y) ? other : newest;
    const least = (precision * Math.max(1, Math.abs(best.x))) / Math.abs(other.x - newest.x);
    if (least > 0.5 || best.y === 0) return best.x;
    share = Math.min(1 - least, Math.max(least, nextShare(newest, other, third)));
  }
  return newest.x;
}

/** How far to go from the newest point towards the other side of the root. */
function nextShare(a: Point, b: Point, c: Point): number {
  const xi = (a.x - b.x) / (c.x - b.x);
  const phi = (a.y - b.y) / (c.y - b.y);
  const isSafe = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
  if (!isSafe) return 0.5;
  return (
    (a.y / (b.y - a.y)) * (c.y / (b.y - c.y)) +
    ((((c.x - a.x) / (b.x - a.x)) * a.y) / (c.y - a.y)) * (b.y / (c.y - b.y))
  );
}
