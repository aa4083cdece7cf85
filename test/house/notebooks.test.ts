import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

interface Cell {
  readonly cell_type: string;
  readonly id: string;
  readonly source: readonly string[];
  readonly outputs?: readonly unknown[];
  readonly execution_count?: number | null;
  readonly metadata: { readonly tags?: readonly string[] };
}

const notebooks = readdirSync("notebooks")
  .filter((file) => file.endsWith(".ipynb"))
  .map((file) => ({
    file,
    cells: JSON.parse(readFileSync(join("notebooks", file), "utf8")).cells as readonly Cell[],
  }));

for (const { file, cells } of notebooks) {
  test(`${file} is committed without outputs and with its own cell ids`, () => {
    const code = cells.filter((cell) => cell.cell_type === "code");
    assert.ok(code.every((cell) => cell.outputs?.length === 0 && cell.execution_count === null));
    assert.equal(new Set(cells.map((cell) => cell.id)).size, cells.length);
  });

  test(`${file} has short cells, declares each name once and keeps logic in the library`, () => {
    const code = cells.filter((cell) => cell.cell_type === "code");
    const names = code.flatMap((cell) =>
      [...cell.source.join("").matchAll(/^(?:const|let|var) (\w+)/gm)].map((match) => match[1]!),
    );
    assert.equal(new Set(names).size, names.length, `a name is declared twice: ${names.sort().join(", ")}`);
    for (const cell of code) {
      const lines = cell.source.filter((line) => line.trim() !== "");
      assert.ok(lines.length <= 15, `cell ${cell.id} has ${lines.length} lines`);
      assert.doesNotMatch(cell.source.join(""), /\bclass \w|^function |Math\.random|: any\b/m);
    }
  });

  test(`${file} has one parameters cell of literals`, () => {
    const tagged = cells.filter((cell) => cell.metadata.tags?.includes("parameters"));
    assert.equal(tagged.length, 1);
  });
}
