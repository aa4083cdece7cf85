import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AnySchema, ErrorObject } from "ajv";

type Validate = ((document: unknown) => boolean) & { errors?: ErrorObject[] | null };
type Compiler = new (options: object) => { compile: (schema: AnySchema) => Validate };

// The package says `default` in a way that ES modules do not see.
const { default: Ajv } = createRequire(import.meta.url)("ajv-draft-04") as { default: Compiler };
const schema = JSON.parse(readFileSync("test/reference/nbformat.v4.5.schema.json", "utf8"));
const validate = new Ajv({ allErrors: true, strict: false, validateFormats: false }).compile(schema);

/** Fails unless the file is JSON, valid by Jupyter's own schema, and no two cells have the same id. */
export function assertValidNotebook(path: string): void {
  const document: { cells: { id: string }[] } = JSON.parse(readFileSync(path, "utf8"));
  assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 3)));
  const ids = document.cells.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "cell ids are unique");
}
