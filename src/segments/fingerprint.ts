import { canonicalJson } from "../core/canonical-json.js";
import { sha256 } from "../core/sha256.js";
import type { Definition } from "./definition.js";

/** SHA-256 of the canonical JSON of a definition without its `fingerprint`, lower-case hexadecimal. */
export function fingerprintOf(definition: Definition): string {
  return sha256(canonicalJson({ ...definition, fingerprint: undefined }));
}
