/** Nodes and weights of Gauss–Legendre quadrature on 0…1, by Newton's method on the Legendre polynomial. */
function legendre(count: number): { readonly nodes: Float64Array; readonly weights: Float64Array } {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 10; step++) {
      let [before, here] = [1, x];
      for (let n = 2; n <= count; n++)
        [before, here] = [here, ((2 * n - 1) * x * here - (n - 1) * before) / n];
      slope = (count * (x * here - before)) / (x * x - 1);
      x -= here / slope;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

const few = legendre(12);
const many = legendre(40);

/** Rates of a customer with so many events: buying gamma(events, α), staying gamma(s, β). */
interface Rates {
  readonly events: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/**
 * s ∫ (α + u)^−events (β + u)^−(s + 1) du over the time from the last purchase to the end of the look, divided by e^top.
 *
 * In the variable ln(min(α, β) + u) the integrand has no singularity within π of the range, so that 40 points give 13 digits;
 * 12 do where it hardly bends. What lies 42 powers of e below the top is left out.
 *
 * @param byParameter - Filled with the derivatives by events, α, s, β, in that order.
 */
export function stoppedBetween(
  { events, alpha, s, beta }: Rates,
  { from, to, top }: { readonly from: number; readonly to: number; readonly top: number },
  byParameter: Float64Array,
): number {
  const least = Math.min(alpha, beta);
  const start = least + from;
  const steepness =
    (alpha <= beta ? events : s + 1) +
    ((alpha <= beta ? s + 1 : events) * start) / (Math.max(alpha, beta) + from);
  const length = Math.min(Math.log((least + to) / start), 42 / Math.max(steepness - 1, 1e-300));
  const { nodes, weights } = length < 0.5 && steepness * length < 2 ? few : many;
  let [sum, byEvents, byAlpha, byS, byBeta] = [0, 0, 0, 0, 0];
  for (let i = 0; i < nodes.length; i++) {
    const u = start * Math.exp(length * nodes[i]!) - least;
    const [buying, staying] = [alpha + u, beta + u];
    const [logBuying, logStaying] = [Math.log(buying), Math.log(staying)];
    const density = weights[i]! * (least + u) * Math.exp(-events * logBuying - (s + 1) * logStaying - top);
    sum += density;
    byEvents -= density * logBuying;
    byAlpha -= density / buying;
    byS -= density * logStaying;
    byBeta -= density / staying;
  }
  byParameter[0] = s * length * byEvents;
  byParameter[1] = s * length * events * byAlpha;
  byParameter[2] = length * (sum + s * byS);
  byParameter[3] = s * (s + 1) * length * byBeta;
  return s * length * sum;
}
