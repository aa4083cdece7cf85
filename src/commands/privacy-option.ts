import { checkChoice } from "../core/check.js";
import { type PrivacyConfig, type PrivacyOverride, usualPrivacy } from "../core/privacy.js";
import type { CommandInput, OptionSpec } from "./command.js";

/** `--allow`: sets privacy rules aside by name. */
export const allowOption: OptionSpec = {
  type: "string",
  help: "privacy rules to set aside, such as personal-data; the file says so",
};

/**
 * The rules named by `--allow`, separated by commas.
 *
 * @param choices - Those that the command can set aside.
 * @throws InputError for any other.
 */
export function allowedBy(
  caller: string,
  input: CommandInput,
  choices: readonly PrivacyOverride[],
): readonly PrivacyOverride[] {
  const names = input.text("allow")?.split(",") ?? [];
  return names.map((name) => {
    checkChoice(caller, "--allow", name, choices);
    return name;
  });
}

/** A workbook's rules and what the command sets aside besides. */
export function privacyOf(
  privacy: PrivacyConfig = usualPrivacy,
  allowed: readonly PrivacyOverride[] = [],
): PrivacyConfig {
  return { ...privacy, allow: [...new Set([...privacy.allow, ...allowed])] };
}
