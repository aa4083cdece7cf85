import type {
  CategoryColumn,
  CustomerTable,
  Feature,
  FeatureColumn,
  NumberColumn,
} from "#src/core/feature.js";

/** A small table of customers made in a test; keys are c0000, c0001, … */
export function tableOf(...columns: readonly FeatureColumn[]): CustomerTable {
  const size = columns[0]!.values.length;
  return {
    keyName: "customer_id",
    keys: Array.from({ length: size }, (_, i) => `c${String(i).padStart(4, "0")}`),
    columns,
  };
}

export function numberColumn(
  name: string,
  values: ArrayLike<number>,
  feature: Partial<Feature> = {},
): NumberColumn {
  return {
    kind: "number",
    feature: { ...featureOf(name), type: "number", ...feature },
    values: Float64Array.from(values),
  };
}

export function categoryColumn(
  name: string,
  values: readonly (string | null)[],
  feature: Partial<Feature> = {},
): CategoryColumn {
  return { kind: "category", feature: { ...featureOf(name), type: "category", ...feature }, values };
}

function featureOf(name: string): Feature {
  const label = name.replaceAll("_", " ");
  return {
    name,
    label: label.charAt(0).toUpperCase() + label.slice(1),
    unit: "",
    type: "number",
    role: "descriptor",
    meaning: "made for a test",
    source: "customers",
  };
}
