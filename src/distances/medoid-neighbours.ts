/** Rows and the distances between all of them, row after row. */
export interface DistanceTable {
  readonly rowCount: number;
  readonly distances: Float64Array;
}

/** Nearest and second nearest medoid of every row, by place in the list of medoids. */
export interface Neighbours {
  readonly near: Int32Array;
  readonly nearDistance: Float64Array;
  readonly second: Int32Array;
  readonly secondDistance: Float64Array;
}

/** Puts the neighbours right after the medoid at `place` became another row. */
export function replaceMedoid(
  { distances, rowCount }: DistanceTable,
  place: number,
  { medoids, neighbours }: { readonly medoids: Int32Array; readonly neighbours: Neighbours },
): void {
  const { near, nearDistance, second, secondDistance } = neighbours;
  const begin = medoids[place]! * rowCount;
  for (let i = 0; i < rowCount; i++) {
    const distance = distances[begin + i]!;
    if (near[i] === place || second[i] === place) {
      findNeighboursOf({ distances, rowCount }, i, { medoids, neighbours });
    } else if (distance < nearDistance[i]!) {
      second[i] = near[i]!;
      secondDistance[i] = nearDistance[i]!;
      near[i] = place;
      nearDistance[i] = distance;
    } else if (distance < secondDistance[i]!) {
      second[i] = place;
      secondDistance[i] = distance;
    }
  }
}

export function findNeighbours(table: DistanceTable, medoids: Int32Array): Neighbours {
  const neighbours = {
    near: new Int32Array(table.rowCount),
    nearDistance: new Float64Array(table.rowCount),
    second: new Int32Array(table.rowCount),
    secondDistance: new Float64Array(table.rowCount),
  };
  for (let i = 0; i < table.rowCount; i++) findNeighboursOf(table, i, { medoids, neighbours });
  return neighbours;
}

function findNeighboursOf(
  { distances, rowCount }: DistanceTable,
  row: number,
  { medoids, neighbours }: { readonly medoids: Int32Array; readonly neighbours: Neighbours },
): void {
  let near = -1;
  let second = -1;
  let nearDistance = Infinity;
  let secondDistance = Infinity;
  for (let place = 0; place < medoids.length; place++) {
    const distance = distances[medoids[place]! * rowCount + row]!;
    if (distance < nearDistance) {
      second = near;
      secondDistance = nearDistance;
      near = place;
      nearDistance = distance;
    } else if (distance < secondDistance) {
      second = place;
      secondDistance = distance;
    }
  }
  neighbours.near[row] = near;
  neighbours.nearDistance[row] = nearDistance;
  neighbours.second[row] = second;
  neighbours.secondDistance[row] = secondDistance;
}
