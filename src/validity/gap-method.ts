/** What a gap was computed with: other boxes, powers and rules give other counts on the same data. */
export interface GapMethod {
  /** From where data without groups are drawn. */
  readonly box: string;
  /** Power of the distances that are summed. */
  readonly power: string;
  /** How the count follows from the gaps. */
  readonly rule: string;
  /** Data sets without groups. */
  readonly references: number;
  readonly startsPerReference: number;
  /** Rows compared: all up to 10,000, else a seeded sample of 10,000, the same for every count. */
  readonly rowsUsed: number;
}

/** From where data without groups are drawn. */
export const gapBox: string = "uniform in the box along the principal axes";
/** Power of the distances that are summed. */
export const gapPower: string = "squared distances";
/** The declared rule. */
export const gapRule: string =
  "The smallest count whose gap is at least the next count's gap less its standard error (Tibshirani, Walther and Hastie 2001).";
