/** On which physical line each row of a file begins; remembers only where line and row stop running in step. */
export interface LineNumbers {
  /** Rows are added in order, from 0. */
  add(row: number, line: number): void;
  lineOf(row: number): number;
}

/** An empty {@link LineNumbers}. Memory grows with the number of faults and line breaks within rows, not with rows. */
export function createLineNumbers(): LineNumbers {
  const steps: { readonly row: number; readonly shift: number }[] = [];
  return {
    add(row, line) {
      if (steps.at(-1)?.shift !== line - row) steps.push({ row, shift: line - row });
    },
    lineOf(row) {
      let low = 0;
      let high = steps.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (steps[middle]!.row <= row) low = middle;
        else high = middle - 1;
      }
      return row + (steps[low]?.shift ?? 0);
    },
  };
}
