import type { ColumnProfile } from "./profile-column.js";

/** How the columns that are used write numbers and dates: one way for the whole file. */
export interface FileStyle {
  readonly dateFormat: string;
  readonly decimalSeparator: "." | ",";
  readonly thousandsSeparator: "" | "." | "," | " " | "'";
  /** The other order of day and month, where no value decides. */
  readonly ambiguousWith?: string;
  readonly dateReason?: string;
}

/** The style that most columns have; `first` is the column whose dates matter most. */
export function styleOf(columns: readonly ColumnProfile[], first?: ColumnProfile): FileStyle {
  const dated = first?.dates ? first : columns.find(({ dates }) => dates !== undefined);
  const { format = "%Y-%m-%d", because, ambiguousWith } = dated?.dates ?? {};
  // Another column of the same format may show the order that this one leaves open.
  const decided = columns.find(
    ({ dates }) =>
      dates?.because !== undefined && (dates.format === format || dates.format === ambiguousWith),
  )?.dates;
  const telling = columns.filter(
    ({ numbers }) => numbers !== undefined && !(numbers.isOpen && numbers.thousandsSeparator === ""),
  );
  const numbers = telling.find(({ numbers }) => numbers!.thousandsSeparator !== "") ?? telling[0];
  return {
    dateFormat: decided?.format ?? format,
    decimalSeparator: numbers?.numbers?.decimalSeparator ?? ".",
    thousandsSeparator: numbers?.numbers?.thousandsSeparator ?? "",
    ...(ambiguousWith !== undefined && decided === undefined && { ambiguousWith }),
    ...((decided?.because ?? because) !== undefined && { dateReason: decided?.because ?? because! }),
  };
}
