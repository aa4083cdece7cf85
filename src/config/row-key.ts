/** Stands in `columns.customer` for the number of the row, from 1: the key of a file that has none. */
export const rowKey = "{row}";
