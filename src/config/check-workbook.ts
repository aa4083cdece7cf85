import { dayNumber } from "../core/calendar-day.js";
import { describeValue } from "../core/check.js";
import type { WrittenWorkbook } from "./complete-workbook.js";
import { completeRefresh } from "./refresh-config.js";
import { refuse } from "./refuse.js";
import type { KeyPath, WorkbookDocument } from "./workbook-document.js";

/**
 * Checks what the schema cannot say about a workbook as a whole: real dates, ordered ranges, roles that agree with the basis.
 *
 * @throws InputError with key path and place.
 */
export function checkWorkbook(written: WrittenWorkbook, document: WorkbookDocument): void {
  checkDays(written, document);
  checkCounts(written, document);
  checkRoles(written, document);
  checkOverlaps(written, document);
  const sold = Object.entries(written.sources).find(([, { kind }]) => kind === "transactions");
  if (sold !== undefined && written.money === undefined)
    refuse(document, ["sources", sold[0]], {
      must: "come with the unit of its prices in the key money",
      got: "no money",
      hint: '. Add "money: { currency: EUR, decimals: 2 }"',
    });
}

function checkOverlaps({ refresh }: WrittenWorkbook, document: WorkbookDocument): void {
  const { continued, drifted } = completeRefresh(refresh);
  if (drifted > continued)
    refuse(document, ["refresh", refresh?.drifted === undefined ? "continued" : "drifted"], {
      must: "be in order: drifted at most continued",
      got: `drifted ${drifted} and continued ${continued}`,
    });
}

function checkDays({ asOf, window }: WrittenWorkbook, document: WorkbookDocument): void {
  checkDay(asOf, ["asOf"], document);
  if (window === undefined) return;
  checkDay(window.from, ["window", "from"], document);
  if (window.from > asOf)
    refuse(document, ["window", "from"], { must: `not be after asOf (${asOf})`, got: window.from });
}

function checkDay(text: string, path: KeyPath, document: WorkbookDocument): void {
  if (dayNumber(text) === undefined)
    refuse(document, path, { must: "be a day of the calendar", got: describeValue(text) });
}

function checkCounts({ segmentation }: WrittenWorkbook, document: WorkbookDocument): void {
  const [low, high] = segmentation?.counts ?? [1, 10];
  if (low > high)
    refuse(document, ["segmentation", "counts"], { must: "go from low to high", got: `[${low}, ${high}]` });
}

function checkRoles(written: WrittenWorkbook, document: WorkbookDocument): void {
  for (const [name, { role }] of Object.entries(written.features ?? {}))
    checkRole(written.basis, name, { role, path: ["features", name, "role"], document });
  for (const [source, { attributes = {} }] of Object.entries(written.sources))
    for (const [name, { role }] of Object.entries(attributes))
      checkRole(written.basis, name, {
        role,
        path: ["sources", source, "attributes", name, "role"],
        document,
      });
}

function checkRole(
  basis: readonly string[],
  name: string,
  at: { readonly role: string | undefined; readonly path: KeyPath; readonly document: WorkbookDocument },
): void {
  if (at.role === undefined || (at.role === "basis") === basis.includes(name)) return;
  const must = at.role === "basis" ? "not be basis for a feature outside the basis list" : "be basis";
  const hint = at.role === "basis" ? `. Add "${name}" to basis` : `. Take "${name}" out of basis`;
  refuse(at.document, at.path, { must, got: describeValue(at.role), hint });
}
