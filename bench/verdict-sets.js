/** Made customers with and without groups, to measure how often the verdict is right. Every set follows from its seed. */
import { createRandom, matrixOf } from "segbook";

const normals = (random, count) => Array.from({ length: count }, () => random.normal());
const groupOf = (row, shares) => {
  let group = 0;
  for (let below = shares[0]; row >= below && group < shares.length - 1; below += shares[group]) group++;
  return group;
};

/** Columns that follow each other: correlation 0.5 with the next, 0.25 with the one after. */
function chained(random, count) {
  const row = [random.normal()];
  while (row.length < count) row.push(0.5 * row.at(-1) + Math.sqrt(0.75) * random.normal());
  return row;
}

/** One trait behind every column, correlation 0.64. */
const oneFactor = (random, count) => {
  const trait = random.normal();
  return normals(random, count).map((noise) => 0.8 * trait + 0.6 * noise);
};

/** Spending, orders, visits, returns and days since: correlated, skewed, with many at 0. */
function shopper(random) {
  const trait = random.normal();
  const [spend, basket, orders, returns, days] = normals(random, 5).map(
    (noise) => 0.7 * trait + 0.71 * noise,
  );
  return [
    Math.exp(4 + spend),
    Math.exp(3 + 0.8 * basket),
    Math.max(0, Math.floor(3 * Math.exp(0.8 * orders) - 2.5)),
    Math.max(0, 40 * (Math.exp(0.7 * returns) - 1)),
    Math.min(365, 60 * Math.exp(-0.9 * days)),
  ];
}

const logged = (row) => row.map((value) => Math.log1p(value));

/** Four corners of a cube's diagonals: 6 standard deviations and more apart. */
const farCentres = [
  [0, 0, 0, 0],
  [6, 6, 0, 0],
  [6, 0, 6, 3],
  [0, 6, 6, -3],
];
const farShares = [0.4, 0.3, 0.2, 0.1];
const far = (random, share) => {
  const group = groupOf(share, farShares);
  return { group, row: [...farCentres[group].map((centre) => centre + random.normal()), random.normal()] };
};

/** A turn of all columns into each other, the same for every row of a set. */
function rotation(random, size) {
  const axes = [];
  while (axes.length < size) {
    const axis = normals(random, size);
    for (const other of axes) {
      const along = axis.reduce((sum, value, i) => sum + value * other[i], 0);
      for (let i = 0; i < size; i++) axis[i] -= along * other[i];
    }
    const length = Math.hypot(...axis);
    axes.push(axis.map((value) => value / length));
  }
  return (row) => axes.map((axis) => axis.reduce((sum, value, i) => sum + value * row[i], 0));
}

const square = [
  [0, 0],
  [3.5, 0],
  [0, 3.5],
  [3.5, 3.5],
];
const triangle = [
  [0, 0],
  [3.5, 0],
  [1.75, 3.5 * Math.sqrt(0.75)],
];
const inTwoColumns = (centres, noiseColumns) => (random, share) => {
  const group = groupOf(
    share,
    centres.map(() => 1 / centres.length),
  );
  return {
    group,
    row: [...centres[group].map((c) => c + random.normal()), ...normals(random, noiseColumns)],
  };
};

/** One draw: row of the set with seed `seed`; `share` is the row's place among all, 0–1. */
const kinds = {
  "correlated normal": { groups: 1, row: (random) => ({ row: chained(random, 6) }) },
  "spherical normal": { groups: 1, row: (random) => ({ row: normals(random, 6) }) },
  "one factor": { groups: 1, row: (random) => ({ row: oneFactor(random, 6) }) },
  "shoppers, log1p": { groups: 1, row: (random) => ({ row: logged(shopper(random)) }) },
  "shoppers, raw": { groups: 1, row: (random) => ({ row: shopper(random) }) },
  "uniform box": { groups: 1, row: (random) => ({ row: Array.from({ length: 4 }, () => random.next()) }) },
  "heavy tails (t, 3 df)": {
    groups: 1,
    row: (random) => ({
      row: normals(random, 5).map(
        (value) => value / Math.sqrt(normals(random, 3).reduce((s, z) => s + z * z, 0) / 3),
      ),
    }),
  },
  "1 % gross outliers": {
    groups: 1,
    row: (random) => {
      const factor = random.next() < 0.01 ? 10 : 1;
      return { row: chained(random, 5).map((value) => value * factor) };
    },
  },
  "12-column normal": { groups: 1, row: (random) => ({ row: chained(random, 12) }) },
  "bent band": {
    groups: 1,
    row: (random) => {
      const along = random.normal();
      return { row: [along, along * along + 0.5 * random.normal(), ...normals(random, 2)] };
    },
  },
  "5-point answers": {
    groups: 1,
    row: (random) => ({
      row: oneFactor(random, 6).map((value) => Math.max(1, Math.min(5, Math.round(3 + value)))),
    }),
  },
  "log-normal, raw": {
    groups: 1,
    row: (random) => ({ row: oneFactor(random, 5).map((value) => Math.exp(value)) }),
  },
  "far groups and a noise column": { groups: 4, row: far },
  "far groups, rotated": { groups: 4, turned: true, row: far },
  "far groups and 1 % outliers": {
    groups: 4,
    row: (random, share) => {
      const { group, row } = far(random, share);
      return { group, row: random.next() < 0.01 ? row.map((value) => value + 15 * random.normal()) : row };
    },
  },
  "square, 3.5 sd, 2 of 6 columns": { groups: 4, row: inTwoColumns(square, 4) },
  "triangle, 3.5 sd, 2 of 4 columns": { groups: 3, row: inTwoColumns(triangle, 2) },
  "round group beside a continuum": {
    groups: 2,
    row: (random, share) =>
      share < 0.4
        ? { group: 0, row: normals(random, 4).map((value, i) => 0.6 * value + [-2.4, 2.4, -2.4, -2.4][i]) }
        : {
            group: 1,
            row: oneFactor(random, 4).map((value, i) => value * 1.3 * (i === 1 ? -1 : 1) + [1, -1, 1, 1][i]),
          },
  },
  "three groups, a skewed and a half-empty column": {
    groups: 3,
    row: (random, share) => {
      const group = groupOf(share, [0.46, 0.3, 0.24]);
      const centre = [
        [0, 0],
        [6, 0],
        [3, 6],
      ][group];
      const rest = [random.next() < 0.4 ? 0 : 2 + random.normal(), Math.exp(random.normal())];
      return { group, row: [...centre.map((value) => value + random.normal()), ...rest] };
    },
  },
  "one small far group (6 %) in a continuum": {
    groups: 2,
    row: (random, share) => {
      const group = share < 0.06 ? 0 : 1;
      return { group, row: chained(random, 4).map((value) => (group === 0 ? 6 + 0.5 * value : value)) };
    },
  },
  ring: {
    groups: 1,
    row: (random) => {
      const angle = 2 * Math.PI * random.next();
      const radius = 4 + 0.5 * random.normal();
      return { row: [radius * Math.cos(angle), radius * Math.sin(angle), random.normal()] };
    },
  },
};

/** Names of every kind, in the order of the table. */
export const verdictKinds = Object.keys(kinds);

/** How many groups are planted in a kind; 1: none. */
export const plantedGroups = (kind) => kinds[kind].groups;

/** A made set: its matrix and the planted group of each row. Rows come in group order; no result depends on that. */
export function makeVerdictSet(kind, { rows, seed }) {
  const random = createRandom(seed).fork(verdictKinds.indexOf(kind));
  const { row, turned } = kinds[kind];
  const turn = turned ? rotation(random, 5) : (values) => values;
  const drawn = Array.from({ length: rows }, (_, i) => row(random, (i + 0.5) / rows));
  const values = drawn.map((one) => turn(one.row));
  const names = values[0].map((_, j) => `x${String(j + 1).padStart(2, "0")}`);
  const columns = names.map((name, j) => [name, values.map((one) => one[j])]);
  return {
    matrix: standardise(matrixOf(Object.fromEntries(columns))),
    groups: drawn.map(({ group = 0 }) => group),
  };
}

/** Every column with mean 0 and standard deviation 1, as a recipe would leave it. */
function standardise(matrix) {
  const { rowCount, columnCount } = matrix;
  const values = Float64Array.from(matrix.values);
  for (let j = 0; j < columnCount; j++) {
    let sum = 0;
    for (let i = 0; i < rowCount; i++) sum += values[i * columnCount + j];
    let squares = 0;
    for (let i = 0; i < rowCount; i++) squares += (values[i * columnCount + j] - sum / rowCount) ** 2;
    const deviation = Math.sqrt(squares / (rowCount - 1));
    for (let i = 0; i < rowCount; i++)
      values[i * columnCount + j] = (values[i * columnCount + j] - sum / rowCount) / deviation;
  }
  return { ...matrix, values };
}
