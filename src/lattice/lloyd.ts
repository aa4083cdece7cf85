import type { CrewMemory, Desk } from "./crew-memory.js";
import type { Kernel } from "./kernel.js";
import type { Passer } from "./pass.js";
import type { Problem } from "./pass-block.js";
import { refillEmptyClusters } from "./refill-empty.js";
import { refineLabels } from "./refine-labels.js";

/** How a run of Lloyd's algorithm ended. The desk holds labels and centres. */
export interface LloydEnd {
  readonly iterations: number;
  readonly converged: boolean;
  readonly refills: number;
}

export interface LloydRun extends Problem {
  readonly kernel: Kernel;
  readonly passer: Passer;
  readonly maxIterations: number;
  /** Whether to go on from a fixed point by single moves ({@link refineLabels}), until these find none either. */
  readonly refine: boolean;
}

/**
 * Thresholds hold the drift to 22 bits: beyond four times the width of the lattice its rounding would cost more looks
 * than starting over.
 */
const mostDrift = 2 ** 26;

/**
 * Lloyd's algorithm from the centres on the desk until no centre moves. Centres are means rounded to the lattice,
 * floor(sum / size + 1/2), in exact integer arithmetic, so each iteration equals that of the plain exhaustive form.
 * The cost falls at every iteration but for ties, which go to lower numbers: it cannot run in circles.
 *
 * What it costs: the first iteration compares all rows with all centres (some 10 to 20 ns per row at 8 columns and 6 to 24
 * clusters, on one core). A later one reads every row's threshold (1 ns) and looks only at rows near a border, whose
 * share falls as centres slow down (over a run of a million rows 24 % at 6 clusters, 6 % at 12), mostly by waiting for
 * memory rather than by distances, so cost grows far slower than clusterCount · iterations.
 *
 * @see Lloyd (1982), doi:10.1109/TIT.1982.1056489
 */
export function runLloyd(crew: CrewMemory, desk: Desk, run: LloydRun): LloydEnd {
  run.passer.clear();
  let drift = 0;
  let movement = Infinity;
  let refills = 0;
  for (let iterations = 1; ; iterations++) {
    run.passer.pass(drift, movement);
    refills += refillEmptyClusters(crew, desk, run);
    movement = moveCentres(crew, desk, run);
    if (movement === 0 && run.refine && refineLabels(crew, desk, { ...run, drift }) > 0)
      movement = moveCentres(crew, desk, run);
    if (movement === 0) return { iterations, converged: true, refills };
    if (iterations >= run.maxIterations) return { iterations, converged: false, refills };
    drift += movement;
    if (drift > mostDrift) {
      run.passer.forgetThresholds();
      drift = 0;
      movement = Infinity;
    }
  }
}

/** Centres to the rounded means. Returns an upper bound of what any gap between two distances can have lost. */
function moveCentres({ stride }: CrewMemory, { centres }: Desk, run: LloydRun): number {
  const totals = run.passer.totals();
  let farthest = 0;
  let second = 0;
  for (let cluster = 0; cluster < run.clusterCount; cluster++) {
    const size = totals.sizes[cluster]!;
    let squared = 0;
    for (let at = cluster * stride; at < (cluster + 1) * stride; at++) {
      const mean = divideDown(2 * totals.sums[at]! + size, 2 * size);
      const difference = mean - centres[at]!;
      squared += difference * difference;
      centres[at] = mean;
    }
    const moved = Math.sqrt(squared);
    if (moved > farthest) [farthest, second] = [moved, farthest];
    else if (moved > second) second = moved;
  }
  return (farthest + second) * (1 + 2 ** -40);
}

/** floor(a / b) of whole numbers below 2^53, b > 0: the rounded quotient may be one off. */
export function divideDown(a: number, b: number): number {
  const quotient = Math.floor(a / b);
  const rest = a - quotient * b;
  if (rest < 0) return quotient - 1;
  return rest >= b ? quotient + 1 : quotient;
}
