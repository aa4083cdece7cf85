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

/** True if the cell carries the tag; hyphens and underscores in a tag mean the same. */
export function hasTag(cell: NotebookCell, tag: string): boolean {
  const { tags } = cell.metadata;
  return (
    Array.isArray(tags) && tags.some((own) => String(own).replaceAll("_", "-") === tag.replaceAll("_", "-"))
  );
}
