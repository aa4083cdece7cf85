/** Any JSON object. Keys come from files: read them, never trust them. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A notebook of format 4.5, with every text as one string. Names are those of the file. */
export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: number;
  readonly metadata: JsonObject;
  readonly cells: readonly NotebookCell[];
}

/** One cell; `outputs` and `execution_count` belong to code cells. */
export interface NotebookCell {
  readonly cell_type: "code" | "markdown" | "raw";
  /** Unique in its notebook. */
  readonly id: string;
  readonly metadata: JsonObject;
  readonly source: string;
  readonly outputs?: readonly JsonObject[];
  readonly execution_count?: number | null;
  readonly attachments?: JsonObject;
}

/** True for a plain JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A cell's tags with `_` written as `-`, since both spellings are in use. */
export function cellTags({ metadata }: { readonly metadata?: JsonObject }): readonly string[] {
  const tags = metadata?.tags;
  return Array.isArray(tags) ? tags.map((tag) => String(tag).replaceAll("_", "-")) : [];
}

/** True if the cell carries the tag, in either spelling of {@link cellTags}. */
export function hasTag(cell: NotebookCell, tag: string): boolean {
  return cellTags(cell).includes(tag);
}
