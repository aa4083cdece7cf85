import { warnSensitiveNames } from "../disclosure/sensitive-names.js";
import type { Definition } from "../segments/definition.js";
import type { AudienceFile } from "./audience-files.js";
import type { AudienceIds } from "./audience-members.js";
import { type AudiencePlatform, audiencePlatforms } from "./audience-platforms.js";

/** One audience: the members of a segment. */
export interface Audience {
  readonly segment: string;
  readonly name: string;
  /** Members that can be found; null where they are fewer than the minimum and not shown. */
  readonly members: number | null;
  /** Customers of the segment without an identifier that can be used; null as above. */
  readonly withoutIdentifier: number | null;
  readonly isWithheld: boolean;
  readonly files: readonly AudienceFile[];
}

/** What was exported and how; also written to `audiences.json` in the folder. */
export interface AudienceManifest {
  readonly definition: string;
  /** Day that the definition was made for, `YYYY-MM-DD`, and the last on which it is fresh; null for one without a date. */
  readonly createdFor: string | null;
  readonly staleAfter: string | null;
  readonly ids: AudienceIds;
  /** Version of the rules by which identifiers were normalised. */
  readonly version: number;
  readonly rules: string;
  readonly columns: readonly string[];
  /** What the files are in law, in a sentence. */
  readonly personalData: string;
  readonly minimumSize: number;
  /** Flags that lifted a safeguard. */
  readonly overrides: readonly string[];
  readonly warnings: readonly string[];
  readonly audiences: readonly Audience[];
}

const ownRules: Readonly<Record<"clear" | "hmac", Pick<AudiencePlatform, "version" | "source">>> = {
  clear: { version: 1, source: "customer ids as they are" },
  hmac: { version: 1, source: "HMAC-SHA-256 (RFC 2104) of the customer id, hexadecimal" },
};

/** By which rules, of which version, customers are named. */
export function rulesOf(ids: AudienceIds): Pick<AudiencePlatform, "version" | "source"> {
  return ids === "clear" || ids === "hmac" ? ownRules[ids] : audiencePlatforms[ids];
}

/** What the files are in law. */
export function labelOf(ids: AudienceIds): string {
  if (ids === "clear") return "The files hold customer ids in clear: personal data.";
  if (ids === "hmac")
    return "The files hold keyed hashes: pseudonymous, personal data to whoever has the key.";
  return "The files hold unsalted hashes of contact data, which anybody can compute anew: personal data.";
}

/** Names that suggest what platforms refuse, and lists that are too short for the platform. */
export function warningsOf(
  { segments }: Definition,
  audiences: readonly Audience[],
  ids: AudienceIds,
): readonly string[] {
  const names = warnSensitiveNames(segments.map(({ name }) => name)).map(
    ({ name, topic, word, rule }) =>
      `The name ${JSON.stringify(name)} suggests ${topic} ("${word}"), which platforms refuse or restrict: ${rule}`,
  );
  if (ids === "clear" || ids === "hmac") return names;
  const { leastEntries } = audiencePlatforms[ids];
  const small = audiences
    .filter(({ members }) => members !== null && members < leastEntries)
    .map(({ segment }) => `${segment} has fewer than the ${leastEntries} entries that ${ids} asks for`);
  return [...names, ...small];
}
