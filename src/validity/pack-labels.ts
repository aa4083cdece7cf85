/** Labels that one number of 53 bits holds. */
function labelsPerNumber(clusterCount: number): number {
  return Math.floor(53 / Math.max(1, Math.ceil(Math.log2(clusterCount))));
}

/** Numbers that hold the labels of so many rows. */
export function packedLength(rowCount: number, clusterCount: number): number {
  return Math.ceil(rowCount / labelsPerNumber(clusterCount));
}

/** Writes labels 0…clusterCount − 1 into whole numbers below 2^53, several into one: results of many rows stay small. */
export function packLabels(labels: Int32Array, clusterCount: number, packed: Float64Array): void {
  const together = labelsPerNumber(clusterCount);
  const base = 2 ** Math.max(1, Math.ceil(Math.log2(clusterCount)));
  for (let place = 0; place < packed.length; place++) {
    let word = 0;
    for (let i = Math.min(labels.length, (place + 1) * together) - 1; i >= place * together; i--)
      word = word * base + labels[i]!;
    packed[place] = word;
  }
}

/** Calls back with each row and its label. */
export function unpackLabels(
  packed: Float64Array,
  labels: { readonly rowCount: number; readonly clusterCount: number },
  visit: (row: number, label: number) => void,
): void {
  const together = labelsPerNumber(labels.clusterCount);
  const base = 2 ** Math.max(1, Math.ceil(Math.log2(labels.clusterCount)));
  for (let row = 0; row < labels.rowCount; ) {
    let word = packed[row / together]!;
    for (const end = Math.min(labels.rowCount, row + together); row < end; row++) {
      const rest = Math.floor(word / base);
      visit(row, word - rest * base);
      word = rest;
    }
  }
}
