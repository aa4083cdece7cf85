import type { Parameter } from "./parameter.js";
import type { Secrets } from "./parameter-values.js";

/** The secrets that some parameters ask for and the environment has; an empty variable counts as not set. */
export function secretsIn(
  environment: Readonly<Record<string, string | undefined>>,
  declared: readonly Parameter[],
): Secrets {
  const found = declared.flatMap(({ secretFrom }) => {
    const secret = secretFrom === undefined ? undefined : environment[secretFrom];
    return secretFrom !== undefined && secret ? [[secretFrom, secret] as const] : [];
  });
  return new Map(found);
}
