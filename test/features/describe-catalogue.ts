import { listCatalogue } from "#src/features/catalogue.js";
import type { FeatureDefinition } from "#src/features/feature-definition.js";
import { everything } from "./everything.js";

/** docs/features.md, between its marks: one table per kind of source. */
export function describeCatalogue(): string {
  const features = listCatalogue(everything()).filter(({ name }) => !["thrift", "age"].includes(name));
  const kinds = [...new Set(features.map(({ source }) => source))];
  return kinds
    .map((kind) =>
      sectionOf(
        kind,
        features.filter(({ source }) => source === kind),
      ),
    )
    .join("\n\n");
}

const bases: Readonly<Record<string, string>> = {
  customers: "demographic and geographic",
  transactions: "behavioural: purchases",
  survey: "psychographic",
  web: "behavioural: web site",
  social: "behavioural: social networks",
  campaigns: "behavioural: response to campaigns",
  subscriptions: "behavioural: loyalty",
  support: "behavioural: service and satisfaction",
};

function sectionOf(kind: string, features: readonly FeatureDefinition[]): string {
  const lines = features.map(({ name, meaning, unit, type, window, missing, onRequest }) =>
    [
      `\`${name}\``,
      meaning,
      type === "category" ? "category" : unit,
      window,
      missing,
      onRequest ? "on request" : "always",
    ]
      .map((cell) => cell.replaceAll("|", "\\|"))
      .join(" | "),
  );
  return [
    `### ${kind} (${bases[kind]})`,
    "",
    "| name | meaning | unit | window | where it does not apply | computed |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}
