import { InputError } from "../core/errors.js";

/** Names of environment variables and their values, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The password that an environment variable holds; undefined where no variable is named.
 *
 * @param name - Name of the variable; a workbook names it under `passwordFrom` and never holds a password itself.
 * @throws InputError if the variable is not set or empty.
 */
export function readPassword(
  caller: string,
  name: string | undefined,
  environment: Environment = process.env,
): string | undefined {
  if (name === undefined) return undefined;
  const password = environment[name];
  if (!password)
    throw new InputError(
      `${caller}: passwordFrom must name an environment variable that is set, got ${name}, which is ${password === undefined ? "not set" : "empty"}`,
    );
  return password;
}

/** Text of a driver or server with every trace of the password, as written or as an address would write it, put out of sight. */
export function maskPassword(text: string, password: string | undefined): string {
  if (!password) return text;
  const forms = [password, encodeURIComponent(password), Buffer.from(password).toString("base64")];
  return forms.reduce((masked, form) => masked.replaceAll(form, "***"), text);
}
