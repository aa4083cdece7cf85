/** Small words of a name without marks over letters: `CustomerID` → `customer id`, `Dt_Customer` → `dt customer`, `Größe (cm)` → `groesse cm`. */
export function plainWords(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z\d]+/g, " ")
    .trim();
}

/** A name for the workbook: small letters, digits and `_`, begins with a letter, none of `taken`, which grows. */
export function claimName(words: string, taken: Set<string>, fallback: string): string {
  const stem =
    words
      .replaceAll(" ", "_")
      .replace(/^[\d_]+/, "")
      .slice(0, 40)
      .replace(/_+$/, "") || fallback;
  let name = stem;
  for (let n = 2; taken.has(name); n++) name = `${stem}_${n}`;
  taken.add(name);
  return name;
}
