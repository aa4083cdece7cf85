import { createRandom } from "#src/core/random.js";

/** Draws whole numbers from 0 to `below` − 1. */
type Draw = (below: number) => number;

/** A file of order lines with quotes, line breaks in quotes, CRLF and letters beyond ASCII. */
export function cleanOrders(rows: number): Buffer {
  const lines = Array.from({ length: rows }, (_, i) =>
    i % 9 === 4
      ? `${i},A${i},2026-01-05,"two\nlines, ""${i}""",1,2.50`
      : `${i},A${i},2026-01-${String(1 + (i % 28)).padStart(2, "0")},café ${i},2,9.95`,
  );
  return Buffer.from(`${["customer,invoice,date,product,quantity,price", ...lines].join("\n")}\n`);
}

const kinds: readonly ((file: Buffer, draw: Draw) => Buffer)[] = [
  // A byte becomes another.
  (file, draw) => replaced(file, { at: draw(file.length), length: 1, by: Buffer.of(draw(256)) }),
  // A part is cut out.
  (file, draw) => replaced(file, { at: draw(file.length), length: 1 + draw(60), by: Buffer.alloc(0) }),
  // The file ends early.
  (file, draw) => file.subarray(0, draw(file.length)),
  // A special byte comes in.
  (file, draw) => replaced(file, { at: draw(file.length), length: 0, by: special(draw) }),
  // A part comes twice.
  (file, draw) => {
    const at = draw(file.length);
    return replaced(file, { at, length: 0, by: file.subarray(at, at + draw(200)) });
  },
  // Another encoding.
  (file, draw) => Buffer.from(file.toString("utf8"), draw(2) === 0 ? "latin1" : "utf16le"),
  // Another delimiter from some place on.
  (file, draw) => {
    const at = draw(file.length);
    const by = Buffer.from(
      file.subarray(at).toString("latin1").replaceAll(",", [";", "\t", "|"][draw(3)]!),
      "latin1",
    );
    return Buffer.concat([file.subarray(0, at), by]);
  },
  // A field of up to 3 MB.
  (file, draw) =>
    replaced(file, {
      at: draw(file.length),
      length: 0,
      by: Buffer.alloc(draw(30) === 0 ? 3_000_000 : draw(5000), 120),
    }),
  // Line ends of another kind from some place on.
  (file, draw) => {
    const at = draw(file.length);
    const by = file
      .subarray(at)
      .toString("latin1")
      .replaceAll("\n", draw(2) === 0 ? "\r\n" : "\r");
    return Buffer.concat([file.subarray(0, at), Buffer.from(by, "latin1")]);
  },
];

/** A damaged copy: one to four faults, the same for the same seed. */
export function mutate(file: Buffer, seed: number): Buffer {
  const random = createRandom(seed);
  const draw: Draw = (below) => random.below(Math.max(1, below));
  let mutated = file;
  for (let k = 1 + draw(4); k > 0; k--) mutated = kinds[draw(kinds.length)]!(mutated, draw);
  return mutated;
}

function special(draw: Draw): Buffer {
  const parts = ['"', '""', "\0", "\r", "\n", "\n\n", ",", "\ufeff", "\u2028", '"\n"', '","', "\\", "\x1a"];
  return Buffer.from(parts[draw(parts.length)]!.repeat(1 + draw(3)));
}

function replaced(
  file: Buffer,
  { at, length, by }: { readonly at: number; readonly length: number; readonly by: Buffer },
): Buffer {
  return Buffer.concat([file.subarray(0, at), by, file.subarray(at + length)]);
}
