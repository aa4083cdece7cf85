/** Told rows' two least losses and prototypes' ways, it knows which rows cannot have changed their prototype. */
export interface PrototypeThresholds {
  /** Whether the row keeps its cluster for sure, and is nobody else's equal. */
  readonly holds: (row: number, cluster: number) => boolean;
  /** Takes in what the row's cluster and the second best cost it. */
  readonly store: (row: number, cluster: number, least: number, second: number) => void;
  /** Takes in the squared ways that the prototypes went. */
  readonly move: (squaredWays: Float64Array) => void;
}

/** Share of a distance that rounding may have eaten, many times over. */
const slack = 1e-9;

/**
 * One number per row that says when it must be looked at again.
 *
 * A loss, squared differences plus gamma per other word, is a squared distance in which words are the corners of a cube
 * of edge √(gamma / 2): the triangle inequality holds for its root. A row whose second best prototype is farther than its
 * own by a gap keeps its own until the ways that this one and the farthest-moving other went add up to the gap. Ways are
 * added up per cluster, and a row stores the sum at which its gap is used up (Hamerly's two bounds in one number).
 *
 * @see Hamerly (2010), doi:10.1137/1.9781611972801.12
 */
export function openThresholds(rowCount: number, clusterCount: number): PrototypeThresholds {
  const thresholds = new Float64Array(rowCount).fill(-Infinity);
  const spent = new Float64Array(clusterCount);
  return {
    holds: (row, cluster) => thresholds[row]! > spent[cluster]!,
    store(row, cluster, least, second) {
      const far = Math.sqrt(second);
      thresholds[row] = far - Math.sqrt(least) + spent[cluster]! - slack * (far + spent[cluster]!);
    },
    move(squaredWays) {
      let farthest = 0;
      let next = 0;
      let mover = -1;
      for (let cluster = 0; cluster < clusterCount; cluster++) {
        const way = Math.sqrt(squaredWays[cluster]!);
        if (way > farthest) {
          next = farthest;
          farthest = way;
          mover = cluster;
        } else if (way > next) next = way;
      }
      for (let cluster = 0; cluster < clusterCount; cluster++)
        spent[cluster]! += Math.sqrt(squaredWays[cluster]!) + (cluster === mover ? next : farthest);
    },
  };
}
