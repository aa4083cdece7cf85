/** What the starts of one fit share. */
export interface RouteProblem {
  readonly rowCount: number;
  readonly clusterCount: number;
  /** Whether columns weigh what they tell. */
  readonly weighted: boolean;
  /** Columns whose weight may change; the others keep 1. */
  readonly free: readonly boolean[];
  /** Limit for one start. */
  readonly mostSteps: number;
}
