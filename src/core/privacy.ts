/** A privacy rule that somebody may set aside by name; the file that leaves then says so. */
export type PrivacyOverride = "personal-data" | "small-cells" | "formulas";

/** Every override, with what it lets pass. */
export const privacyOverrides: Readonly<Record<PrivacyOverride, string>> = {
  "personal-data": "Text that names a person (e-mail, phone, customer key) was let through.",
  "small-cells": "Figures of groups below the minimum are shown.",
  formulas: "Text that a spreadsheet may run as a formula was left as it is.",
};

/** What must hold of everything that leaves. */
export interface PrivacyConfig {
  /** Smallest group of customers of which a figure is shown. */
  readonly minimumCell: number;
  /** Rules set aside. */
  readonly allow: readonly PrivacyOverride[];
}

/** Ten customers, nothing set aside. */
export const usualPrivacy: PrivacyConfig = { minimumCell: 10, allow: [] };

/** Smallest group of which a figure is shown; 1 where small cells were allowed by name. */
export function smallestCell({ minimumCell, allow }: PrivacyConfig): number {
  return allow.includes("small-cells") ? 1 : minimumCell;
}
